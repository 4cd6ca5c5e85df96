#include "cli/memory.h"

#include <malloc.h>

namespace storyfold {

void ReturnLargeArrays() {
#ifdef __GLIBC__
  constexpr int kLargeBytes = 256 << 10;
  mallopt(M_MMAP_THRESHOLD, kLargeBytes);
#endif
}

void KeepEndOfHeap() {
#ifdef __GLIBC__
  constexpr int kKeptBytes = 64 << 20;
  mallopt(M_TOP_PAD, kKeptBytes);
#endif
}

}  // namespace storyfold
