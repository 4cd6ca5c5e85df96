#pragma once

namespace storyfold {

// Gives back to the system what is free now, be it between blocks in use: what
// a pass leaves behind seldom fits the next one. 0.1 s a GB that is free.
// Nothing where the C library is not glibc.
void ReturnFreeMemory();

}  // namespace storyfold
