// Tested by: tests/state/update_test.cc

#include "state/incoming.h"

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <optional>

#include "base/hash.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

struct Stored {
  int64_t number = 0;
  int64_t content = 0;
  bool by_id = false;
};

// Finds the stored article that an article is a version of.
class StoredSearch {
 public:
  StoredSearch(std::span<const Article> articles, Database& database)
      : by_id_(database.Prepare(
            "SELECT number, content FROM articles WHERE id = ?")),
        by_other_id_(database.Prepare(
            "SELECT number, content FROM other_ids JOIN articles "
            "ON number = article WHERE other_ids.id = ?")),
        by_url_(database.Prepare(
            "SELECT number, content FROM articles WHERE url = ? AND url <> '' "
            "LIMIT 2")) {
    for (const Article& article : articles) ++uses_of_url_[article.url];
  }

  std::optional<Stored> Find(const Article& article) {
    for (Statement* statement : {&by_id_, &by_other_id_}) {
      statement->With(article.id);
      if (statement->Next()) {
        return Stored{statement->Int(0), statement->Int(1), true};
      }
    }
    if (article.url.empty() || uses_of_url_[article.url] > 1) {
      return std::nullopt;
    }
    by_url_.With(article.url);
    if (!by_url_.Next()) return std::nullopt;
    const Stored stored{by_url_.Int(0), by_url_.Int(1), false};
    // A URL that several articles have names none of them.
    return by_url_.Next() ? std::nullopt : std::optional(stored);
  }

 private:
  Statement by_id_;
  Statement by_other_id_;
  Statement by_url_;
  absl::flat_hash_map<std::string_view, uint32_t> uses_of_url_;
};

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
  Incoming incoming;
  absl::flat_hash_set<int64_t> changed;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    const std::optional<Stored> stored = search.Find(articles[a]);
    if (!stored) {
      incoming.fresh.push_back(a);
      continue;
    }
    if (!stored->by_id) incoming.other_ids.push_back({a, stored->number});
    if (stored->content != ContentHash(articles[a]) &&
        changed.insert(stored->number).second) {
      incoming.changed.push_back({a, stored->number});
    } else {
      ++incoming.seen;
    }
  }
  return incoming;
}

}  // namespace storyfold
