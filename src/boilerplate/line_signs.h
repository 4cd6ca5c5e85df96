#pragma once

#include "boilerplate/judged_page.h"

namespace storyfold {

// Judges each line by the texts that carry it: many make it boilerplate, two
// with a second sign.
void JudgeByTexts(JudgedPage& page);

}  // namespace storyfold
