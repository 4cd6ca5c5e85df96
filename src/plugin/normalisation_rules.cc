// A SentencePiece model is a protocol buffer: fields of a number, a type and a
// value. Its field 3 (and 5, the way back) tells how text is normalised, and in
// there field 2 holds the rules:
//
//   size of the trie in bytes | trie | replacements, each ended by a zero
//
// The trie is a double array (Aoe 1989; Yata's darts-clone): 32-bit units, of
// which one at place i leads, by a byte c, to the unit at i ^ offset ^ c. So a
// trie stays inside of its units if each leads to a unit that is there, since
// there are whole blocks of 256. A unit that has a value leads to it by the
// byte 0: a unit with its highest bit set, whose other bits are the place of a
// replacement. Nothing is looked for behind a value, so the first unit is none.
//
// Tested by: tests/plugin/normalisation_rules_test.cc

#include "plugin/normalisation_rules.h"

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>

namespace storyfold {
namespace {

constexpr uint64_t kNormaliser = 3;
constexpr uint64_t kDenormaliser = 5;
constexpr uint64_t kRules = 2;
constexpr uint32_t kBlock = 256;  // units that differ in their last byte
constexpr uint32_t kHasValue = uint32_t{1} << 8;
constexpr uint32_t kIsValue = uint32_t{1} << 31;

[[noreturn]] void Refuse(const char* what) {
  throw std::runtime_error(std::string("not a model of SentencePiece: ") +
                           what);
}

struct Field {
  uint64_t number = 0;
  std::string_view bytes;  // of a value that has a length, else empty
};

class FieldReader {
 public:
  explicit FieldReader(std::string_view message) : rest_(message) {}

  // Reads the next field; false at the end.
  bool Next(Field& field) {
    if (rest_.empty()) return false;
    const uint64_t key = ReadVarint();
    field = {key >> 3, {}};
    switch (key & 7) {
      case 0:
        ReadVarint();
        return true;
      case 1:
        Take(8);
        return true;
      case 2:
        field.bytes = Take(ReadVarint());
        return true;
      case 5:
        Take(4);
        return true;
      default:
        Refuse("a field of no known type");
    }
  }

 private:
  uint64_t ReadVarint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(Take(1)[0]);
      value |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    Refuse("a number without an end");
  }

  std::string_view Take(uint64_t size) {
    if (size > rest_.size()) Refuse("it is cut off");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

uint32_t UnitAt(std::string_view bytes, size_t i) {
  uint32_t unit = 0;
  std::memcpy(&unit, bytes.data() + i * sizeof(unit), sizeof(unit));
  return unit;
}

// How far a unit leads. A large offset is written in its upper bits alone.
uint32_t OffsetOf(uint32_t unit) {
  const bool is_large = (unit & (1u << 9)) != 0;
  return (unit >> 10) << (is_large ? 8 : 0);
}

void CheckTrie(std::string_view trie, size_t replacement_bytes) {
  const size_t num_units = trie.size() / sizeof(uint32_t);
  if (num_units == 0 || trie.size() % (kBlock * sizeof(uint32_t)) != 0) {
    Refuse("its normalisation rules have no whole blocks");
  }
  if ((UnitAt(trie, 0) & kIsValue) != 0) {
    Refuse("its normalisation rules have no root");
  }
  for (size_t i = 0; i < num_units; ++i) {
    const uint32_t unit = UnitAt(trie, i);
    if ((unit & kIsValue) != 0) continue;
    const size_t next = i ^ OffsetOf(unit);
    if (next >= num_units) {
      Refuse("its normalisation rules lead outside of themselves");
    }
    if ((unit & kHasValue) == 0) continue;
    const uint32_t value = UnitAt(trie, next);
    if ((value & kIsValue) == 0 || (value & ~kIsValue) >= replacement_bytes) {
      Refuse("its normalisation rules name a replacement that is not there");
    }
  }
}

void CheckRules(std::string_view rules) {
  if (rules.empty()) return;
  uint32_t trie_bytes = 0;
  if (rules.size() < sizeof(trie_bytes)) {
    Refuse("its normalisation rules are cut off");
  }
  std::memcpy(&trie_bytes, rules.data(), sizeof(trie_bytes));
  rules.remove_prefix(sizeof(trie_bytes));
  if (trie_bytes >= rules.size() || rules.back() != '\0') {
    Refuse("its normalisation rules are cut off");
  }
  CheckTrie(rules.substr(0, trie_bytes), rules.size() - trie_bytes);
}

}  // namespace

void CheckNormalisationRules(std::string_view model) {
  FieldReader fields(model);
  for (Field field; fields.Next(field);) {
    if (field.number != kNormaliser && field.number != kDenormaliser) continue;
    FieldReader settings(field.bytes);
    for (Field setting; settings.Next(setting);) {
      if (setting.number == kRules) CheckRules(setting.bytes);
    }
  }
}

}  // namespace storyfold
