#include "support/mapped.h"

#include <fcntl.h>
#include <unistd.h>

#include "catch.h"
#include "support/process.h"

namespace storyfold {

std::shared_ptr<const MappedFile> MapBytes(const std::string& bytes,
                                           MappedFile::Pages pages) {
  const TempFolder folder;
  const std::string path = folder / "bytes";
  WriteFile(path, bytes);
  const int fd = ::open(path.c_str(), O_RDONLY);
  REQUIRE(fd >= 0);
  auto file = MappedFile::Map(fd, bytes.size(), pages);
  ::close(fd);
  REQUIRE(file.ok());
  return *file;
}

}  // namespace storyfold
