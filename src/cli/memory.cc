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
  constexpr int kLargeBytes = 8 << 20;
  mallopt(M_TOP_PAD, kKeptBytes);
  mallopt(M_TRIM_THRESHOLD, kKeptBytes);
  mallopt(M_MMAP_THRESHOLD, kLargeBytes);
#endif
}

}  // namespace storyfold
