#include "base/mapped_file.h"

#include <algorithm>
#include <string>

#include "catch.h"
#include "support/mapped.h"

namespace storyfold {
namespace {

TEST_CASE("a mapped file has its bytes and zeros behind them", "[base]") {
  for (const size_t size : {size_t{1}, size_t{4095}, size_t{4096}, size_t{4097},
                            size_t{1'000'000}}) {
    CAPTURE(size);
    const std::string bytes(size, 'x');
    const auto file = MapBytes(bytes);
    CHECK(file->bytes() == bytes);
    const char* end = file->bytes().data() + size;
    CHECK(std::all_of(end, end + MappedFile::kPadding,
                      [](char c) { return c == '\0'; }));
  }
}

TEST_CASE("what was read and given back has the same bytes again", "[base]") {
  const std::string bytes(2'000'000, 'y');
  const auto file = MapBytes(bytes, MappedFile::Pages::kRelease);
  for (int i = 0; i < 100; ++i) {
    file->Populate(file->bytes().substr(5000, 100'000));
    REQUIRE(file->bytes() == bytes);
    file->NoteRead(file->bytes());
  }
}

TEST_CASE("a file that cannot be mapped is an error", "[base]") {
  CHECK_FALSE(MappedFile::Map(-1, 10, MappedFile::Pages::kKeep).ok());
}

}  // namespace
}  // namespace storyfold
