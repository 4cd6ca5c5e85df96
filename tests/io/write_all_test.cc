#include "io/write_all.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("all bytes are written to a pipe that takes few at a time", "[io]") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const std::string bytes(1'000'000, 'x');
  std::string got;
  std::thread reader([&] {
    char buffer[3000];
    for (ssize_t n; (n = ::read(ends[0], buffer, sizeof(buffer))) > 0;) {
      got.append(buffer, static_cast<size_t>(n));
    }
  });
  CHECK(WriteAll(ends[1], bytes));
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  CHECK(got == bytes);
}

TEST_CASE("a full device takes no bytes", "[io]") {
  const int fd = ::open("/dev/full", O_WRONLY);
  REQUIRE(fd >= 0);
  CHECK_FALSE(WriteAll(fd, "bytes"));
  CHECK(errno == ENOSPC);
  CHECK(WriteAll(fd, ""));
  ::close(fd);
}

}  // namespace
}  // namespace storyfold
