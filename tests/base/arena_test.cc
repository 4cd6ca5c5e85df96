#include "base/arena.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"

namespace storyfold {
namespace {

// Every length from 0 to beyond the largest block, so that blocks of each size
// are begun.
std::vector<std::string> ManyStrings() {
  std::vector<std::string> strings;
  for (size_t i = 0; i < 3000; ++i) {
    strings.push_back(std::string(i % 500, static_cast<char>('a' + i % 26)));
  }
  strings.emplace_back(4096, 'B');
  strings.emplace_back(300'000, 'C');
  strings.emplace_back("after the large one");
  return strings;
}

std::vector<std::string_view> CopyAll(const std::vector<std::string>& strings,
                                      Arena& arena) {
  std::vector<std::string_view> copies;
  for (const std::string& s : strings) copies.push_back(arena.Copy(s));
  return copies;
}

bool AllEqual(const std::vector<std::string_view>& copies,
              const std::vector<std::string>& strings) {
  return std::equal(copies.begin(), copies.end(), strings.begin(),
                    strings.end());
}

TEST_CASE("an arena keeps copies after the originals are gone", "[base]") {
  Arena arena;
  std::string original = "words of an article";
  const std::string_view copy = arena.Copy(original);
  original.assign(original.size(), '#');
  CHECK(copy == "words of an article");
}

TEST_CASE("an empty string needs no room in an arena", "[base]") {
  Arena arena;
  CHECK(arena.Copy("").empty());
  CHECK(arena.Copy("a") == "a");
  CHECK(arena.Copy("").empty());
}

TEST_CASE("copies in an arena do not overwrite each other", "[base][prop]") {
  const std::vector<std::string> strings = ManyStrings();
  Arena arena;
  CHECK(AllEqual(CopyAll(strings, arena), strings));
}

TEST_CASE("bytes of any value are copied to an arena", "[base]") {
  Arena arena;
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  CHECK(arena.Copy(bytes) == bytes);
}

TEST_CASE("of the room reserved what is committed is kept", "[base]") {
  Arena arena;
  std::copy_n("abcdef", 6, arena.Reserve(3'000'000));
  const std::string_view kept = arena.Commit(3);
  std::copy_n("xyz", 3, arena.Reserve(3));
  CHECK(arena.Commit(3) == "xyz");
  CHECK(kept == "abc");
  CHECK(arena.Copy("next") == "next");
}

TEST_CASE("copies in an arena survive a move of the arena", "[base]") {
  const std::vector<std::string> strings = ManyStrings();
  Arena arena;
  const std::vector<std::string_view> copies = CopyAll(strings, arena);

  Arena constructed = std::move(arena);
  CHECK(AllEqual(copies, strings));
  CHECK(AllEqual(CopyAll(strings, constructed), strings));

  std::vector<Arena> arenas;
  arenas.push_back(std::move(constructed));
  arenas.resize(100);
  CHECK(AllEqual(copies, strings));

  Arena assigned;
  assigned.Copy("to be released");
  assigned = std::move(arenas[0]);
  CHECK(AllEqual(copies, strings));
  CHECK(AllEqual(CopyAll(strings, assigned), strings));
  CHECK(AllEqual(copies, strings));
}

}  // namespace
}  // namespace storyfold
