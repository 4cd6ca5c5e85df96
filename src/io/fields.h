#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storyfold/crawl.h"

namespace storyfold {

// What a field of a record means to us.
enum class FieldRole : uint8_t {
  kId,
  kTitle,
  kText,
  kUrl,
  kSource,
  kTime,
  kLanguage,
  kVector,
};
inline constexpr size_t kNumFieldRoles = 8;

// A bit for each role.
using FieldRoles = std::bitset<kNumFieldRoles>;

struct FieldMatch {
  FieldRole role = FieldRole::kId;
  size_t rank = 0;  // 0 is the name that wins over all others
};

// Finds the role of a field by its name.
class FieldTable {
 public:
  explicit FieldTable(const FieldNames& names);

  // Returns the role of the field, or nothing.
  std::optional<FieldMatch> Find(std::string_view name) const;

  // Returns a name that was given for a role that is none of `met`; empty if
  // there is none.
  std::string NameNotMet(FieldRoles met) const;

 private:
  absl::flat_hash_map<std::string, FieldMatch> matches_;
  std::array<std::string, kNumFieldRoles> given_;  // by role; empty: none
};

}  // namespace storyfold
