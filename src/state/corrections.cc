// A person's word on stories: written at once, and followed by every update
// from the next one on, which therefore looks at the pinned articles again.
//
// Tested by: tests/state/state_test.cc, tests/state/corrections_test.cc

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/string_view.h"
#include "state/catalogue.h"
#include "state/state_folder.h"
#include "storyfold/state.h"
#include "text/printable.h"

namespace storyfold {
namespace {

// Opens the state, calls change(database) in a transaction and commits it.
absl::Status InTransaction(
    const std::string& folder,
    const std::function<absl::Status(Database&)>& change) {
  auto state = OpenForWriting(folder, IfMissing::kFail);
  if (!state.ok()) return state.status();
  Transaction transaction(state->database);
  const absl::Status changed = change(state->database);
  if (!changed.ok()) return changed;
  return transaction.Commit();
}

// Returns the id an article is stored under.
absl::StatusOr<std::string> StoredId(Database& database, std::string_view id) {
  const auto number = FindArticle(database, id);
  if (!number) {
    return absl::NotFoundError(absl::StrCat("no article \"", ToAbsl(id), "\""));
  }
  Statement statement =
      database.Prepare("SELECT id FROM articles WHERE number = ?");
  statement.With(*number);
  return statement.Next() ? std::string(statement.Text(0)) : std::string();
}

// Returns both ids as they are stored, the lower first.
absl::StatusOr<std::pair<std::string, std::string>> StoredIds(
    Database& database, std::string_view a, std::string_view b) {
  auto first = StoredId(database, a);
  if (!first.ok()) return first.status();
  auto second = StoredId(database, b);
  if (!second.ok()) return second.status();
  if (*first == *second) {
    return absl::InvalidArgumentError("these are one and the same article");
  }
  if (*second < *first) std::swap(*first, *second);
  return std::pair(*std::move(first), *std::move(second));
}

// Returns the number of the story that is meant.
absl::StatusOr<int64_t> StoryToCorrect(Database& database,
                                       std::string_view story) {
  const auto number = FindStory(database, story);
  if (!database.ok()) return database.status();
  if (number) return *number;
  return absl::NotFoundError(absl::StrCat("no story \"", ToAbsl(story), "\""));
}

// The headline of a story no longer holds, nor does it for the story from which
// it was taken over.
void ForgetTakenOver(Database& database, int64_t story) {
  database
      .Prepare(
          "UPDATE stories SET pinned_headline = NULL WHERE alias_of = ?1 AND "
          "pinned_headline = (SELECT pinned_headline FROM stories "
          "WHERE story = ?1)")
      .With(story)
      .Run();
}

// Returns an error where two articles are pinned apart that other pins put
// together.
absl::Status CheckConsistent(Database& database) {
  std::map<std::string, std::string> root;
  const auto find = [&](std::string id) {
    while (root.contains(id) && root[id] != id) id = root[id];
    return id;
  };
  Statement same = database.Prepare("SELECT a, b FROM pins WHERE same");
  while (same.Next()) {
    const std::string a = find(std::string(same.Text(0)));
    const std::string b = find(std::string(same.Text(1)));
    root[b] = a;
  }
  Statement different =
      database.Prepare("SELECT a, b FROM pins WHERE NOT same");
  while (different.Next()) {
    const std::string a(different.Text(0));
    const std::string b(different.Text(1));
    if (find(a) == find(b)) {
      return absl::FailedPreconditionError(
          absl::StrCat("contradiction: other pins say that \"", a, "\" and \"",
                       b, "\" are the same story"));
    }
  }
  return database.status();
}

}  // namespace

absl::Status PinArticles(const std::string& folder, std::string_view a,
                         std::string_view b, bool same) {
  return InTransaction(folder, [&](Database& database) {
    const auto pair = StoredIds(database, a, b);
    if (!pair.ok()) return pair.status();
    database
        .Prepare("INSERT OR REPLACE INTO pins (a, b, same) VALUES (?, ?, ?)")
        .With(pair->first, pair->second, int64_t{same})
        .Run();
    SetMeta(database, "pins_changed", int64_t{1});
    return CheckConsistent(database);
  });
}

absl::Status UnpinArticles(const std::string& folder, std::string_view a,
                           std::string_view b) {
  return InTransaction(folder, [&](Database& database) -> absl::Status {
    const auto pair = StoredIds(database, a, b);
    if (!pair.ok()) return pair.status();
    database.Prepare("DELETE FROM pins WHERE a = ? AND b = ?")
        .With(pair->first, pair->second)
        .Run();
    if (database.Number("SELECT changes()") == 0) {
      return absl::NotFoundError("nothing was pinned about these two");
    }
    SetMeta(database, "pins_changed", int64_t{1});
    return database.status();
  });
}

absl::Status PinHeadline(const std::string& folder, std::string_view story,
                         std::string_view headline) {
  if (headline.find_first_not_of(' ') == std::string_view::npos) {
    return absl::InvalidArgumentError("a headline must not be empty");
  }
  if (!IsPrintable(headline)) {
    return absl::InvalidArgumentError(
        "a headline must be one line of UTF-8 without control characters");
  }
  return InTransaction(folder, [&](Database& database) -> absl::Status {
    const auto number = StoryToCorrect(database, story);
    if (!number.ok()) return number.status();
    ForgetTakenOver(database, *number);
    database.Prepare("UPDATE stories SET pinned_headline = ? WHERE story = ?")
        .With(headline, *number)
        .Run();
    return database.status();
  });
}

absl::Status UnpinHeadline(const std::string& folder, std::string_view story) {
  return InTransaction(folder, [&](Database& database) -> absl::Status {
    const auto number = StoryToCorrect(database, story);
    if (!number.ok()) return number.status();
    ForgetTakenOver(database, *number);
    database
        .Prepare(
            "UPDATE stories SET pinned_headline = NULL "
            "WHERE story = ? AND pinned_headline IS NOT NULL")
        .With(*number)
        .Run();
    if (database.ok() && database.Number("SELECT changes()") == 0) {
      return absl::NotFoundError("no headline was pinned to this story");
    }
    return database.status();
  });
}

}  // namespace storyfold
