#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "state/database.h"
#include "storyfold/article.h"

namespace storyfold {

// How the articles of a crawl relate to those that are stored. An article is
// the same as a stored one when it has its id; or its URL, if only one stored
// article and one of the crawl have that.
struct Incoming {
  // A stored article whose title or text reads otherwise now.
  struct Change {
    ArticleId article = 0;
    int64_t number = 0;   // in the catalogue
    std::string id = {};  // there, whatever id it came under
  };

  std::vector<ArticleId> fresh;
  // Each stored article once: of several records of it the one with its own id
  // counts, or that with the least; so the same crawl again changes nothing.
  std::vector<Change> changed;
  std::vector<Change> other_ids;  // known ones that came under another id
  size_t seen = 0;                // articles that say nothing new
};

// Returns what is new of `articles`, in their order.
// Errors (DataLoss): addresses that are damaged. Others stick to the database.
absl::StatusOr<Incoming> CompareWithStored(std::span<const Article> articles,
                                           Database& database);

// Returns what tells whether an article has changed: a hash of title and text.
int64_t ContentHash(const Article& article);

}  // namespace storyfold
