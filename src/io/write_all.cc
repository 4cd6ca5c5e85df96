// Tested by: tests/io/write_all_test.cc

#include "io/write_all.h"

#include <unistd.h>

#include <cerrno>

namespace storyfold {

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (written == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace storyfold
