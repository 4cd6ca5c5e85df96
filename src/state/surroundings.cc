// A small window is read as a whole. Of a larger one only what tonight's
// articles may have to do with is, where that can be told by words.
//
// Tested by: tests/state/update_test.cc, tests/state/large_window_test.cc

#include "state/surroundings.h"

#include <algorithm>
#include <set>
#include <utility>

#include "state/catalogue.h"
#include "state/near_articles.h"
#include "state/replaced_texts.h"

namespace storyfold {
namespace {

// A window of so many articles is read as a whole: that takes a second.
constexpr int64_t kSmallWindow = 5'000;

// Returns the stored articles to read for a night.
absl::StatusOr<NearArticles> ChooseStored(const StateFiles& files,
                                          Database& database, bool takes_all,
                                          const NearSearch& search) {
  // Two questions, each answered by an index: together they read all articles.
  std::set<int64_t> numbers = PinnedArticles(database);
  constexpr int64_t kAll = -1;
  Statement window =
      database.Prepare("SELECT number FROM articles WHERE time >= ? LIMIT ?");
  window.With(search.window_begin, takes_all ? kAll : kSmallWindow + 1);
  while (window.Next()) numbers.insert(window.Int(0));
  if (!database.ok()) return database.status();
  if (takes_all || std::ssize(numbers) <= kSmallWindow) {
    const std::vector<int64_t> all(numbers.begin(), numbers.end());
    return NearArticles{all, all, true};
  }
  return FindNearArticles(files, database, search);
}

}  // namespace

absl::StatusOr<Surroundings> FindSurroundings(const StateFiles& files,
                                              Database& database,
                                              const SurroundedNight& night) {
  Surroundings found;
  auto terms = ReadWindowTerms(files, database, night.window_begin);
  if (!terms.ok()) return terms.status();
  found.terms = *std::move(terms);
  std::vector<Article> tonight;
  for (const ArticleId a : night.incoming.fresh) {
    tonight.push_back(night.articles[a]);
  }
  std::vector<int64_t> numbers;
  for (const auto& change : night.incoming.changed) {
    tonight.push_back(night.articles[change.article]);
    numbers.push_back(change.number);
  }
  std::ranges::sort(numbers);
  const auto near = ChooseStored(
      files, database, night.takes_all,
      {tonight, numbers, night.window_begin, found.terms, night.options});
  if (!near.ok()) return near.status();
  auto window = LoadArticles(files, database, near->all);
  if (!window.ok()) return window.status();
  const auto changed = LoadArticles(files, database, numbers);
  if (!changed.ok()) return changed.status();
  found.stored = {*std::move(window), near->compared, changed->rows,
                  FindReplaced(*changed, night.incoming, night.articles),
                  near->has_whole_window};
  return found;
}

}  // namespace storyfold
