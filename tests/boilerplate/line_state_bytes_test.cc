// A state of lines as bytes, and lines that are found in it.

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "boilerplate/known_lines.h"
#include "boilerplate/line_state.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/line_state_bytes.h"

namespace storyfold {
namespace {

// A state that has seen a page of each source.
LineState StateOf(const std::vector<std::string>& sources) {
  Corpus corpus;
  std::vector<uint64_t> texts;
  std::vector<uint32_t> pages;
  for (const std::string& source : sources) {
    corpus.Add({"", "Storm hits the northern coast",
                "This notice stands on every page.\nSo does this.", source});
    texts.push_back(texts.size() + 1);
    pages.push_back(static_cast<uint32_t>(pages.size() + 7));
  }
  LineState state;
  state.Add({ReadLines(corpus.articles()), texts, pages, 9}, {});
  return state;
}

TEST_CASE("a state comes back from its bytes", "[boilerplate]") {
  const LineState empty;
  CHECK(*LineState::Decode(BytesOf(empty)) == empty);
  const LineState state = StateOf({"gazette", "herald"});
  const auto decoded = LineState::Decode(BytesOf(state));
  REQUIRE(decoded.ok());
  CHECK(*decoded == state);
  CHECK(decoded->num_keys() == state.num_keys());
}

TEST_CASE("bytes that are no state are refused", "[boilerplate]") {
  const std::string bytes = BytesOf(StateOf({"gazette", "herald"}));
  SECTION("cut anywhere") {
    for (size_t size = 0; size < bytes.size(); ++size) {
      CHECK_FALSE(LineState::Decode(bytes.substr(0, size)).ok());
    }
  }
  SECTION("longer") { CHECK_FALSE(LineState::Decode(bytes + '\0').ok()); }
  SECTION("of another version") {
    std::string other = bytes;
    ++other[0];
    CHECK_FALSE(LineState::Decode(other).ok());
  }
  SECTION("changed anywhere: an error, or a state that gives these bytes") {
    for (size_t i = 0; i < bytes.size(); ++i) {
      for (const int bits : {0x01, 0x80, 0xFF}) {
        std::string other = bytes;
        other[i] = static_cast<char>(other[i] ^ bits);
        const auto decoded = LineState::Decode(other);
        if (decoded.ok()) CHECK(BytesOf(*decoded) == other);
      }
    }
  }
}

// Appends a value as it stands in memory.
template <typename T>
void Append(const T& value, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

// A line of so many texts, seen on day 9.
KnownLine LineOf(uint64_t key, uint8_t num_texts) {
  KnownLine line;
  line.key = key;
  line.num_texts = num_texts;
  for (uint32_t t = 0; t < num_texts; ++t) line.texts[t] = 10 * (t + 1);
  line.first_day = line.last_day = 9;
  return line;
}

// As an older storyfold wrote the lines of source 5.
std::string BytesOfOneList(const std::vector<KnownLine>& lines) {
  std::string bytes = "sfline01";
  for (const uint64_t head : {uint64_t{1}, uint64_t{5}, lines.size()}) {
    Append(head, bytes);
  }
  for (const KnownLine& line : lines) Append(line, bytes);
  return bytes;
}

TEST_CASE("a state of an older storyfold is read, and written as now",
          "[boilerplate]") {
  KnownLine waits = LineOf(30, 1);
  waits.waiting[0] = {7, 1};
  waits.num_waiting = 1;
  KnownLine of_two_pages = LineOf(40, 1);
  of_two_pages.waiting = {WaitingLine{7, 1}, WaitingLine{7, 2}};
  of_two_pages.num_waiting = 2;
  const std::vector<KnownLine> lines = {LineOf(10, 1), LineOf(20, 3), waits,
                                        of_two_pages};
  const auto state = LineState::Decode(BytesOfOneList(lines));
  REQUIRE(state.ok());
  CHECK(state->num_keys() == 4);
  CHECK(state->Texts(5, 10) == 1);
  CHECK(state->Texts(5, 20) == 3);
  const std::string now = BytesOf(*state);
  CHECK(now.size() == 5 * sizeof(uint64_t) + 2 * 24 + 2 * 48);
  CHECK(*LineState::Decode(now) == *state);

  CHECK_FALSE(LineState::Decode(BytesOfOneList({lines[1], lines[0]})).ok());
  for (size_t size = 0; size < BytesOfOneList(lines).size(); ++size) {
    CHECK_FALSE(LineState::Decode(BytesOfOneList(lines).substr(0, size)).ok());
  }
}

// A line of source 5 in the list of those of one text, and one of the others.
std::string BytesOfTwoLists(const LineOfOneText& line, const KnownLine& other) {
  std::string bytes = "sfline02";
  for (const uint64_t head : {1, 5, 1, 1}) Append(head, bytes);
  Append(line, bytes);
  Append(other, bytes);
  return bytes;
}

TEST_CASE("lines that no state writes are refused", "[boilerplate]") {
  LineOfOneText line;
  line.key = 10;
  line.waiting = {7, 3};
  line.first_day = line.last_day = 9;
  const KnownLine other = LineOf(20, 2);
  REQUIRE(LineState::Decode(BytesOfTwoLists(line, other)).ok());
  SECTION("twice") {
    CHECK_FALSE(LineState::Decode(BytesOfTwoLists(line, LineOf(10, 2))).ok());
  }
  SECTION("in the list of the others") {
    CHECK_FALSE(LineState::Decode(BytesOfTwoLists(line, LineOf(20, 1))).ok());
  }
  SECTION("a page that waits without a line") {
    line.waiting.sign_and_line = 0;
    CHECK_FALSE(LineState::Decode(BytesOfTwoLists(line, other)).ok());
  }
  SECTION("first seen after it was last seen") {
    line.first_day = 10;
    CHECK_FALSE(LineState::Decode(BytesOfTwoLists(line, other)).ok());
  }
}

// Returns a state of one source as bytes, with lines of these keys, ascending;
// all else is copied from a state of one line.
std::string BytesWithKeys(const std::vector<uint64_t>& keys) {
  constexpr size_t kHead = 5 * sizeof(uint64_t);
  constexpr size_t kLine = 24;
  const std::string bytes = BytesOf(StateOf({"gazette"}));
  std::string out = bytes.substr(0, kHead);
  const std::array<uint64_t, 2> sizes = {keys.size(), 0};
  std::memcpy(out.data() + kHead - sizeof(sizes), &sizes, sizeof(sizes));
  for (const uint64_t key : keys) {
    out += bytes.substr(kHead, kLine);
    std::memcpy(out.data() + out.size() - kLine, &key, sizeof(key));
  }
  return out;
}

TEST_CASE("lines are found however their keys are spread",
          "[boilerplate][prop]") {
  uint64_t source = 0;
  std::memcpy(&source, BytesOf(StateOf({"gazette"})).data() + 16,
              sizeof(source));
  Random random(5);
  for (const uint64_t spread :
       {uint64_t{1}, uint64_t{50}, uint64_t{1} << 40, uint64_t{1} << 57}) {
    for (const size_t size : {1, 2, 3, 100}) {
      std::vector<uint64_t> keys;
      uint64_t key = random.Below(2) == 0 ? 0 : ~uint64_t{0} - 100 * spread;
      for (size_t k = 0; k < size; ++k) {
        keys.push_back(key += 1 + random.Below(spread));
      }
      const auto state = LineState::Decode(BytesWithKeys(keys));
      REQUIRE(state.ok());
      CAPTURE(spread, size, keys[0]);
      for (const uint64_t k : keys) {
        CHECK(state->Texts(source, k) == 1);
        const bool is_next = std::ranges::count(keys, k + 1) > 0;
        CHECK(state->Texts(source, k + 1) == uint32_t{is_next});
      }
      CHECK(state->Texts(source, 0) == 0);
      CHECK(state->Texts(source, ~uint64_t{0}) ==
            uint32_t{keys.back() == ~uint64_t{0}});
    }
  }
}

}  // namespace
}  // namespace storyfold
