#pragma once

#include "boilerplate/judged_page.h"

namespace storyfold {

// Returns whether sentences of the page are broken into lines: most lines that
// can go on do so with a small letter.
bool SentencesAreBroken(const JudgedPage& page);

// Keeps the lines of a sentence of which one stays: "said on Tuesday" in a
// hundred texts is no boilerplate. `are_broken` is SentencesAreBroken.
void KeepBrokenSentences(JudgedPage& page, bool are_broken);

}  // namespace storyfold
