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
#include <utility>

#include "base/hash.h"
#include "state/catalogue.h"
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
  StoredSearch(std::span<const Article> articles, Database& database)
      : by_id_(database.Prepare(
            "SELECT number, content, id FROM articles WHERE id = ?")),
        by_other_id_(database.Prepare(
            "SELECT number, content, articles.id FROM other_ids JOIN articles "
            "ON number = article WHERE other_ids.id = ?")),
        // The index is of those that have one.
        by_url_(database.Prepare(
            "SELECT number, content, id FROM articles "
            "WHERE url_key = ? AND url = ? AND url <> '' LIMIT 2")) {
    for (const Article& article : articles) ++uses_of_url_[article.url];
  }

  std::optional<Stored> Find(const Article& article) {
    by_id_.With(article.id);
    if (by_id_.Next()) return StoredIn(by_id_, KnownBy::kId);
    by_other_id_.With(article.id);
    if (by_other_id_.Next()) return StoredIn(by_other_id_, KnownBy::kOtherId);
    if (article.url.empty() || uses_of_url_[article.url] > 1) {
      return std::nullopt;
    }
    by_url_.With(UrlKey(article.url), article.url);
    if (!by_url_.Next()) return std::nullopt;
    const Stored stored = StoredIn(by_url_, KnownBy::kUrl);
    // A URL that several articles have names none of them.
    return by_url_.Next() ? std::nullopt : std::optional(stored);
  }

 private:
  static Stored StoredIn(const Statement& row, KnownBy known_by) {
    return {row.Int(0), row.Int(1), std::string(row.Text(2)), known_by};
  }

  Statement by_id_;
  Statement by_other_id_;
  Statement by_url_;
  absl::flat_hash_map<std::string_view, uint32_t> uses_of_url_;
};

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

Incoming CompareWithStored(std::span<const Article> articles,
                           Database& database) {
  StoredSearch search(articles, database);
  std::vector<std::optional<Stored>> stored;
  for (const Article& article : articles) {
    stored.push_back(search.Find(article));
  }
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
