#pragma once

#include "boilerplate/judged_page.h"

namespace storyfold {

// Keeps the rows of text that recur by chance: in few of many texts.
// `are_broken` is SentencesAreBroken.
void KeepRareRows(JudgedPage& page, bool are_broken);

// Keeps the rows of tables of numbers, and what stands among them.
void KeepTables(JudgedPage& page);

}  // namespace storyfold
