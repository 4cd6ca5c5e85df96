// Segments made to do harm, for libFuzzer:
//
//   cmake -S . -B build-fuzz -DCMAKE_CXX_COMPILER=clang++-16 \
//       -DSTORYFOLD_FUZZ=ON -DSTORYFOLD_BUILD_TESTS=OFF
//   cmake --build build-fuzz --target fuzz_segment
//   build-fuzz/tests/state/fuzz_segment -rss_limit_mb=4096 CORPUS_FOLDER
//
// with segments of a small state as the corpus. The checksums of the input are
// made right first, as those of a file made to do harm would be.

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <vector>

#include "state/segment.h"
#include "support/repair_segment.h"

namespace storyfold {
namespace {

void ReadAll(const std::string& path) {
  const auto segment = Segment::Open(path);
  if (!segment.ok()) return;
  (void)segment->Verify();
  (void)segment->Table(Segment::Keys::kBands);
  (void)segment->Table(Segment::Keys::kShingles);
  const std::vector<uint32_t> places = {0, 1, 5};
  (void)segment->Read(places, /*with_records=*/false);
}

}  // namespace
}  // namespace storyfold

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  storyfold::RepairChecksums(bytes);
  const int fd = ::memfd_create("segment", MFD_CLOEXEC);
  if (fd < 0) return 0;
  if (::write(fd, bytes.data(), bytes.size()) ==
      static_cast<ssize_t>(bytes.size())) {
    storyfold::ReadAll("/proc/self/fd/" + std::to_string(fd));
  }
  ::close(fd);
  return 0;
}
