// A state of lines as bytes, and lines that are found in it.

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

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

// Returns a state of one source as bytes, with lines of these keys, ascending;
// all else is copied from a state of one line.
std::string BytesWithKeys(const std::vector<uint64_t>& keys) {
  constexpr size_t kHead = 4 * sizeof(uint64_t);
  constexpr size_t kLine = 48;
  const std::string bytes = BytesOf(StateOf({"gazette"}));
  std::string out = bytes.substr(0, kHead);
  const uint64_t size = keys.size();
  std::memcpy(out.data() + kHead - sizeof(size), &size, sizeof(size));
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
