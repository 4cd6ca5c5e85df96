#include "text/classify.h"

#include <bit>
#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/simd_levels.h"

namespace storyfold {
namespace {

ClassifiedText Classify(std::string_view text, SimdLevel level) {
  ClassifiedText out;
  ClassifyBytes(text, level, out);
  return out;
}

std::string Lower(std::string_view text, const ClassifiedText& classified) {
  return {classified.lower.data(), text.size()};
}

// Draws the mask of one class as text: '#' for a set bit.
std::string Drawn(const ClassifiedText& classified, size_t size,
                  uint64_t ByteClasses::*member) {
  std::string drawn;
  for (size_t i = 0; i < size; ++i) {
    drawn += classified.blocks[i / 64].*member >> (i % 64) & 1 ? '#' : '.';
  }
  return drawn;
}

bool SameBlocks(const ClassifiedText& a, const ClassifiedText& b) {
  return std::equal(a.blocks.begin(), a.blocks.end(), b.blocks.begin(),
                    b.blocks.end(),
                    [](const ByteClasses& x, const ByteClasses& y) {
                      return x.word == y.word && x.digit == y.digit &&
                             x.upper == y.upper && x.non_ascii == y.non_ascii &&
                             x.newline == y.newline && x.quote == y.quote;
                    });
}

TEST_CASE("bytes are classified and folded at every level", "[text]") {
  for (const SimdLevel level : SimdLevels()) {
    CAPTURE(SimdLevelName(level));
    const std::string text = "Az 09_'\xC3\x89\n@[`{/:Zz";
    const ClassifiedText got = Classify(text, level);
    CHECK(Lower(text, got) == "az 09_'\xC3\x89\n@[`{/:zz");
    const size_t size = text.size();
    CHECK(Drawn(got, size, &ByteClasses::word) == "##.##..##.......##");
    CHECK(Drawn(got, size, &ByteClasses::digit) == "...##.............");
    CHECK(Drawn(got, size, &ByteClasses::upper) == "#...............#.");
    CHECK(Drawn(got, size, &ByteClasses::non_ascii) == ".......##.........");
    CHECK(Drawn(got, size, &ByteClasses::newline) == ".........#........");
  }
}

TEST_CASE("each of the 256 bytes has its classes at every level", "[text]") {
  std::string text;
  for (int i = 0; i < 256; ++i) text += static_cast<char>(i);
  const uint64_t digits = 0x03FF000000000000u;   // '0' to '9' of bytes 0..63
  const uint64_t letters = 0x07FFFFFE07FFFFFEu;  // of bytes 64..127
  for (const SimdLevel level : SimdLevels()) {
    CAPTURE(SimdLevelName(level));
    const ClassifiedText got = Classify(text, level);
    REQUIRE(got.blocks.size() == 4);
    CHECK(got.blocks[0].word == digits);
    CHECK(got.blocks[0].digit == digits);
    CHECK(got.blocks[0].newline == uint64_t{1} << 10);
    CHECK(got.blocks[0].quote == uint64_t{1} << 0x22);
    CHECK(got.blocks[1].word == letters);
    CHECK(got.blocks[1].upper == 0x0000000007FFFFFEu);
    CHECK(got.blocks[1].digit == 0);
    for (const size_t b : {2, 3}) {
      CHECK(got.blocks[b].word == ~uint64_t{0});
      CHECK(got.blocks[b].non_ascii == ~uint64_t{0});
      CHECK(got.blocks[b].upper == 0);
      CHECK(got.blocks[b].newline == 0);
      CHECK(got.blocks[b].quote == 0);
    }
    const std::string lower = Lower(text, got);
    CHECK(lower.substr(0, 65) == text.substr(0, 65));
    CHECK(lower.substr(65, 26) == "abcdefghijklmnopqrstuvwxyz");
    CHECK(lower.substr(91) == text.substr(91));
  }
}

TEST_CASE("the empty text has no blocks", "[text]") {
  for (const SimdLevel level : SimdLevels()) {
    const ClassifiedText got = Classify("", level);
    CHECK(got.blocks.empty());
    CHECK(got.lower.size() >= 64);
  }
}

TEST_CASE("64 zero bytes follow the text and bits past its end are zero",
          "[text][prop]") {
  for (const SimdLevel level : SimdLevels()) {
    for (size_t size = 0; size <= 200; ++size) {
      CAPTURE(SimdLevelName(level), size);
      // A buffer used for a longer text before.
      ClassifiedText got = Classify(std::string(500, '\xFF'), level);
      ClassifyBytes(std::string(size, 'Z'), level, got);
      REQUIRE(got.blocks.size() == (size + 63) / 64);
      REQUIRE(got.lower.size() >= size + 64);
      REQUIRE(std::string(got.lower.data() + size, 64) ==
              std::string(64, '\0'));
      size_t set = 0;
      for (const ByteClasses& block : got.blocks) {
        set += static_cast<size_t>(std::popcount(block.word));
      }
      REQUIRE(set == size);
    }
  }
}

TEST_CASE("every level equals the plain one on random bytes of any length",
          "[text][prop]") {
  Random random(4);
  for (const SimdLevel level : SimdLevels()) {
    for (size_t size = 0; size <= 200; ++size) {
      for (int round = 0; round < 5; ++round) {
        std::string text;
        for (size_t i = 0; i < size; ++i) {
          text += static_cast<char>(random.Below(256));
        }
        const ClassifiedText plain = Classify(text, SimdLevel::kScalar);
        const ClassifiedText got = Classify(text, level);
        CAPTURE(SimdLevelName(level), size);
        REQUIRE(SameBlocks(got, plain));
        REQUIRE(got.lower == plain.lower);
      }
    }
  }
}

}  // namespace
}  // namespace storyfold
