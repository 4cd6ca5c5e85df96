#pragma once

#include <cstddef>
#include <span>

#include "boilerplate/judged_page.h"
#include "boilerplate/line_key.h"

namespace storyfold {

// Returns whether sentences of the page are broken into lines: most lines that
// can go on do so with a small letter.
bool SentencesAreBroken(std::span<const LineKey> page);

// Returns whether line `n` is one of several of a sentence, by their look.
bool IsOfBrokenSentence(std::span<const LineKey> page, size_t n,
                        bool are_broken);

// Keeps the lines of a sentence of which one stays: "said on Tuesday" in a
// hundred texts is no boilerplate. `are_broken` is SentencesAreBroken.
void KeepBrokenSentences(JudgedPage& page, bool are_broken);

}  // namespace storyfold
