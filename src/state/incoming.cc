// A crawl can hold several records of one stored article: its id, and others
// under which it was once known by its URL, each with a text of its own. If
// every one of them were a new version, the last would win, and the same crawl
// would bring new versions for ever. So one of them counts: that with the id of
// the article or, where that is not among them, with the least id.
//
// Tested by: tests/state/known_articles_test.cc

#include "state/incoming.h"

#include <absl/container/flat_hash_map.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "state/addresses.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

// What an article is known by, the best first.
enum class KnownBy { kId, kOtherId, kUrl };

struct Stored {
  int64_t number = 0;
  int64_t content = 0;
  std::string id;
  KnownBy known_by = KnownBy::kId;
};

// Finds the stored article that an article is a version of.
class StoredSearch {
 public:
  explicit StoredSearch(Database& database)
      : by_id_(database.Prepare(
            "SELECT number, content, id FROM articles WHERE id = ?")),
        by_other_id_(database.Prepare(
            "SELECT number, content, articles.id FROM other_ids JOIN articles "
            "ON number = article WHERE other_ids.id = ?")),
        by_number_(database.Prepare(
            "SELECT number, content, id FROM articles WHERE number = ?")) {}

  std::optional<Stored> ById(const Article& article) {
    by_id_.With(article.id);
    if (by_id_.Next()) return StoredIn(by_id_, KnownBy::kId);
    by_other_id_.With(article.id);
    if (by_other_id_.Next()) return StoredIn(by_other_id_, KnownBy::kOtherId);
    return std::nullopt;
  }

  // One that is known by its URL.
  std::optional<Stored> ByNumber(int64_t number) {
    by_number_.With(number);
    if (by_number_.Next()) return StoredIn(by_number_, KnownBy::kUrl);
    return std::nullopt;
  }

 private:
  static Stored StoredIn(const Statement& row, KnownBy known_by) {
    return {row.Int(0), row.Int(1), std::string(row.Text(2)), known_by};
  }

  Statement by_id_;
  Statement by_other_id_;
  Statement by_number_;
};

// Returns the articles that are to be looked for by their URL: those that are
// not known by id and have one that no other of the crawl has.
std::vector<ArticleId> AskedByUrl(
    std::span<const Article> articles,
    std::span<const std::optional<Stored>> stored) {
  absl::flat_hash_map<std::string_view, uint32_t> uses;
  for (const Article& article : articles) ++uses[article.url];
  std::vector<ArticleId> asked;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    const std::string_view url = articles[a].url;
    if (!stored[a] && !url.empty() && uses[url] == 1) asked.push_back(a);
  }
  return asked;
}

// Returns the stored article that each article is a version of.
absl::StatusOr<std::vector<std::optional<Stored>>> FindStored(
    std::span<const Article> articles, Database& database) {
  StoredSearch search(database);
  std::vector<std::optional<Stored>> stored;
  for (const Article& article : articles) {
    stored.push_back(search.ById(article));
  }
  const std::vector<ArticleId> asked = AskedByUrl(articles, stored);
  std::vector<std::string_view> urls;
  for (const ArticleId a : asked) urls.push_back(articles[a].url);
  const auto numbers = FindByAddress(urls, database);
  if (!numbers.ok()) return numbers.status();
  for (size_t k = 0; k < asked.size(); ++k) {
    const std::optional<int64_t> number = (*numbers)[k];
    if (number) stored[asked[k]] = search.ByNumber(*number);
  }
  return stored;
}

// Returns which article of the crawl counts for each stored one that is in it.
absl::flat_hash_map<int64_t, ArticleId> ChooseVersions(
    std::span<const Article> articles,
    std::span<const std::optional<Stored>> stored) {
  absl::flat_hash_map<int64_t, ArticleId> chosen;
  const auto rank = [&](ArticleId a) {
    const bool has_own_id = stored[a]->known_by == KnownBy::kId;
    return std::pair(!has_own_id, articles[a].id);
  };
  for (ArticleId a = 0; a < articles.size(); ++a) {
    if (!stored[a]) continue;
    ArticleId& best = chosen.try_emplace(stored[a]->number, a).first->second;
    if (rank(a) < rank(best)) best = a;
  }
  return chosen;
}

}  // namespace

int64_t ContentHash(const Article& article) {
  TextReader reader;
  const uint64_t hash =
      CombineHashes(HashBytes(article.title), HashBytes(reader.Read(article)));
  return static_cast<int64_t>(hash);
}

absl::StatusOr<Incoming> CompareWithStored(std::span<const Article> articles,
                                           Database& database) {
  const auto found = FindStored(articles, database);
  if (!found.ok()) return found.status();
  const std::span<const std::optional<Stored>> stored = *found;
  const auto version_of = ChooseVersions(articles, stored);
  Incoming incoming;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    if (!stored[a]) {
      incoming.fresh.push_back(a);
      continue;
    }
    const auto& [number, content, id, known_by] = *stored[a];
    if (known_by == KnownBy::kUrl) {
      incoming.other_ids.push_back({a, number, id});
    }
    if (version_of.at(number) == a && content != ContentHash(articles[a])) {
      incoming.changed.push_back({a, number, id});
    } else {
      ++incoming.seen;
    }
  }
  return incoming;
}

}  // namespace storyfold
