// Tested by: tests/state/known_articles_test.cc

#include "state/replaced_texts.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>

#include "base/counted.h"
#include "base/hash.h"
#include "sketch/sketch.h"
#include "text/printable.h"

namespace storyfold {
namespace {

constexpr double kLeastShared = 0.1;

// Returns every two neighbouring words of an article, each pair once.
std::vector<uint64_t> WordPairs(const Article& article, Sketcher& sketcher) {
  const auto words = sketcher.Words(article, {});
  std::vector<uint64_t> pairs;
  for (size_t i = 1; i < words.size(); ++i) {
    pairs.push_back(CombineHashes(words[i - 1], words[i]));
  }
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace

bool IsReplaced(const Article& before, const Article& now) {
  Sketcher sketcher;
  const std::vector<uint64_t> a = WordPairs(before, sketcher);
  const std::vector<uint64_t> b = WordPairs(now, sketcher);
  if (a.empty() || b.empty()) return false;
  std::vector<uint64_t> shared;
  std::ranges::set_intersection(a, b, std::back_inserter(shared));
  return static_cast<double>(shared.size()) <
         kLeastShared * static_cast<double>(std::min(a.size(), b.size()));
}

std::vector<std::string> FindReplaced(const Window& before,
                                      const Incoming& incoming,
                                      std::span<const Article> articles) {
  std::map<int64_t, const Article*> article_of;
  for (size_t i = 0; i < before.rows.size(); ++i) {
    article_of.emplace(before.rows[i].number, &before.articles[i]);
  }
  std::vector<std::string> ids;
  for (const Incoming::Change& change : incoming.changed) {
    const auto was = article_of.find(change.number);
    if (was == article_of.end()) continue;
    if (IsReplaced(*was->second, articles[change.article])) {
      ids.push_back(change.id);
    }
  }
  return ids;
}

std::vector<std::string> WarningsOfReplaced(std::span<const std::string> ids) {
  if (ids.empty()) return {};
  return {absl::StrCat(
      Counted(ids.size(), "known id came with the text of another article",
              "known ids came with the texts of other articles"),
      ", which replace the earlier ones, like \"", Printable(ids[0]),
      "\": an id must name one article for good (--id-field), not begin anew "
      "every night")};
}

}  // namespace storyfold
