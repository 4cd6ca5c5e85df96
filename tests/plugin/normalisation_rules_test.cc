#include "plugin/normalisation_rules.h"

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.h"

namespace storyfold {
namespace {

std::string Varint(size_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) {
    bytes.push_back(static_cast<char>(value | 0x80));
  }
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

std::string BytesField(unsigned number, const std::string& bytes) {
  return Varint(number << 3 | 2) + Varint(bytes.size()) + bytes;
}

// A model whose normaliser (field 3) has these rules.
std::string ModelWith(const std::string& rules, unsigned field = 3) {
  const std::string piece = BytesField(1, "\x0a\x03the");
  return piece + BytesField(field, BytesField(1, "own") + BytesField(2, rules));
}

std::string Rules(const std::vector<uint32_t>& units,
                  const std::string& replacements) {
  const auto size = static_cast<uint32_t>(units.size() * sizeof(uint32_t));
  std::string bytes(sizeof(size) + size, '\0');
  std::memcpy(bytes.data(), &size, sizeof(size));
  if (size > 0) std::memcpy(bytes.data() + sizeof(size), units.data(), size);
  return bytes + replacements;
}

const std::string kReplacements("a\0b\0", 4);

constexpr uint32_t kHasValue = 1u << 8;
constexpr uint32_t kIsValue = 1u << 31;

// Two blocks of units; the first unit leads to the second block, and has a
// value there.
std::vector<uint32_t> Units() {
  std::vector<uint32_t> units(512, 0);
  units[0] = 256u << 10 | kHasValue;
  units[256] = kIsValue | 2;
  return units;
}

TEST_CASE("rules that stay inside of themselves pass", "[plugin]") {
  CHECK_NOTHROW(
      CheckNormalisationRules(ModelWith(Rules(Units(), kReplacements))));
  CHECK_NOTHROW(CheckNormalisationRules(ModelWith("")));
  CHECK_NOTHROW(CheckNormalisationRules(""));
}

TEST_CASE("a rule that leads outside of the trie is refused", "[plugin]") {
  const unsigned field = GENERATE(3u, 5u);
  std::vector<uint32_t> units = Units();
  SECTION("by a small offset") { units[300] = 512u << 10; }
  SECTION("by a large offset") { units[7] = 2u << 10 | 1u << 9; }
  SECTION("by the largest") { units[511] = 0x7FFFFFFF; }
  CHECK_THROWS_AS(
      CheckNormalisationRules(ModelWith(Rules(units, kReplacements), field)),
      std::runtime_error);
}

TEST_CASE("a rule whose replacement is not there is refused", "[plugin]") {
  std::vector<uint32_t> units = Units();
  SECTION("behind the last") { units[256] = kIsValue | 4; }
  SECTION("or is no value") { units[256] = 2; }
  CHECK_THROWS_AS(
      CheckNormalisationRules(ModelWith(Rules(units, kReplacements))),
      std::runtime_error);
}

TEST_CASE("rules that begin with a replacement are refused", "[plugin]") {
  std::vector<uint32_t> units = Units();
  units[0] = kIsValue;
  CHECK_THROWS_AS(
      CheckNormalisationRules(ModelWith(Rules(units, kReplacements))),
      std::runtime_error);
}

TEST_CASE("the last replacement must have an end", "[plugin]") {
  CHECK_THROWS_AS(CheckNormalisationRules(ModelWith(Rules(Units(), "a"))),
                  std::runtime_error);
  CHECK_THROWS_AS(CheckNormalisationRules(ModelWith(Rules(Units(), ""))),
                  std::runtime_error);
}

TEST_CASE("a trie that has no whole blocks is refused", "[plugin]") {
  const size_t size = GENERATE(0u, 1u, 255u, 257u);
  CHECK_THROWS_AS(CheckNormalisationRules(ModelWith(
                      Rules(std::vector<uint32_t>(size, 0), kReplacements))),
                  std::runtime_error);
}

TEST_CASE("a model that is cut off anywhere is refused or has whole fields",
          "[plugin]") {
  const std::string model = ModelWith(Rules(Units(), kReplacements));
  const size_t first_field = BytesField(1, "\x0a\x03the").size();
  for (size_t size = 1; size < model.size(); ++size) {
    if (size == first_field) continue;
    INFO(size);
    CHECK_THROWS_AS(CheckNormalisationRules(model.substr(0, size)),
                    std::runtime_error);
  }
}

TEST_CASE("bytes that are no protocol buffer are refused", "[plugin]") {
  const char* const bytes =
      GENERATE("\x0b", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
               "\x1a\x05\x12\x7f");
  CHECK_THROWS_AS(CheckNormalisationRules(bytes), std::runtime_error);
}

}  // namespace
}  // namespace storyfold
