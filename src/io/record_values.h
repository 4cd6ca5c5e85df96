#pragma once

#include <absl/status/status.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "io/fields.h"
#include "storyfold/article.h"

namespace storyfold {

// What the fields of one record say, by role; views into the arena, or of the
// line. Of several fields of a role that have a value the best name wins.
class RecordValues {
 public:
  RecordValues();

  // Returns whether a field of this name is better than what is there.
  bool Wins(FieldMatch match) const {
    return match.rank < rank_[static_cast<size_t>(match.role)];
  }
  void Set(FieldMatch match, std::string_view value);

  // Notes a field of a type that its role cannot have.
  void SetWrong(FieldMatch match, std::string_view name);

  // Returns an error where id, title or text have fields of wrong types only.
  absl::Status TypeStatus() const;

  // Returns what the best field of a role says, or nothing.
  std::string_view Get(FieldRole role) const {
    return text_[static_cast<size_t>(role)];
  }

  // Returns the article; it has no id where none is given.
  Article ToArticle(Arena& arena) const;

  // Returns whether there is a time that cannot be read, by its type or as
  // `article`, made of these values, has none.
  bool HasUnreadableTime(const Article& article) const;

  std::span<const float> vector;
  bool unreadable_vector = false;
  std::string_view own_field;  // key and value an earlier run added
  std::string_view own_id;     // the id that run gave the article

 private:
  bool IsSet(size_t role) const;
  bool HasWrong(size_t role) const;

  std::array<size_t, kNumFieldRoles> rank_;
  std::array<std::string_view, kNumFieldRoles> text_;
  std::array<size_t, kNumFieldRoles> wrong_rank_;
  std::array<std::string_view, kNumFieldRoles> wrong_name_;
};

}  // namespace storyfold
