#pragma once

#include "boilerplate/judged_page.h"

namespace storyfold {

// Flags what stands behind the text among lines of the site, and returns
// whether it flagged any. REQUIRES: sentences of the page are not broken into
// lines
bool FlagBehindText(JudgedPage& page);

}  // namespace storyfold
