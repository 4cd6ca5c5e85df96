#pragma once

#include "boilerplate/judged_page.h"

namespace storyfold {

// Keeps the names of those who speak in turns.
void KeepSpeakers(JudgedPage& page);

}  // namespace storyfold
