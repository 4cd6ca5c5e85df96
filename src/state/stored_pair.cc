// Tested by: tests/state/state_test.cc

#include "state/stored_pair.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/seconds.h"
#include "base/string_view.h"
#include "state/catalogue.h"
#include "state/state_folder.h"

namespace storyfold {
namespace {

absl::StatusOr<int64_t> NumberOf(Database& database, std::string_view id,
                                 const std::string& folder) {
  const auto number = FindArticle(database, id);
  if (!database.ok()) return database.status();
  if (!number) {
    return absl::NotFoundError(
        absl::StrCat("no article \"", ToAbsl(id), "\" in ", folder));
  }
  return *number;
}

int64_t TimeOf(Database& database, int64_t number) {
  Statement statement =
      database.Prepare("SELECT time FROM articles WHERE number = ?");
  statement.With(number);
  // Times that no text states would make sums with them overflow.
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max() / 4;
  return statement.Next() ? std::clamp(statement.Int(0), -kMost, kMost) : 0;
}

// Returns the articles that either may have been compared with, and both.
absl::StatusOr<Window> LoadAround(const StateFiles& files, Database& database,
                                  int64_t a, int64_t b, double window_days) {
  const auto reach = static_cast<int64_t>(SecondsOfDays(window_days));
  const auto [first, last] =
      std::minmax({TimeOf(database, a), TimeOf(database, b)});
  // Far apart, they were never compared: themselves are enough.
  if (last - first > 2 * reach) {
    std::vector<int64_t> both = {std::min(a, b), std::max(a, b)};
    return LoadArticles(files, database, both);
  }
  return LoadWindow(files, database, {first - reach, last + reach});
}

}  // namespace

absl::StatusOr<StoredPair> LoadStoredPair(const std::string& folder,
                                          std::string_view a,
                                          std::string_view b) {
  const StateFiles files(folder);
  auto state = OpenForReading(files);
  if (!state.ok()) return state.status();
  Database& database = state->database;
  const auto number_a = NumberOf(database, a, folder);
  if (!number_a.ok()) return number_a.status();
  const auto number_b = NumberOf(database, b, folder);
  if (!number_b.ok()) return number_b.status();
  if (*number_a == *number_b) {
    return absl::InvalidArgumentError("these are one and the same article");
  }
  StoredPair pair;
  const absl::Status read = SetOptions(database, pair);
  if (!read.ok()) return read;
  auto window = LoadAround(files, database, *number_a, *number_b,
                           pair.options.stories.window_days);
  if (!window.ok()) return window.status();
  SetWindow(*std::move(window), database, pair);
  const auto place_a = pair.PlaceOf(*number_a);
  const auto place_b = pair.PlaceOf(*number_b);
  if (!place_a || !place_b) {
    return absl::DataLossError(absl::StrCat(
        files.Catalogue(), ": damaged: an id of an article that is not there"));
  }
  pair.a = *place_a;
  pair.b = *place_b;
  for (const PinnedPair& pin : pair.pinned) {
    if (std::minmax(pin.a, pin.b) == std::minmax(pair.a, pair.b)) {
      pair.pinned_same = pin.same;
    }
  }
  return pair;
}

}  // namespace storyfold
