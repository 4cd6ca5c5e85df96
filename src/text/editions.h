#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/average_linkage.h"
#include "storyfold/article.h"
#include "text/analysis.h"

namespace storyfold {

// What the title of an article tells of the series it is an edition of.
struct Edition {
  uint64_t series = 0;  // the source and the title's words; 0: of no series
  uint32_t day = 0;     // 32 times the month and the day of the title's date

  friend bool operator==(const Edition&, const Edition&) = default;
};

// Returns the edition of an article; of no series where it has no source, or
// its title names no date of its own. `analyzer` is scratch. O(title)
Edition EditionOf(const Article& article, Analyzer& analyzer);

// Returns the editions of the given articles. Parallel.
std::vector<Edition> EditionsOf(std::span<const Article> articles,
                                std::span<const ArticleId> ids);

// Returns whether both are editions of one series, for two days.
bool AreOtherEditions(const Edition& a, const Edition& b);

// The editions among the nodes of a batch; immutable.
class Editions {
 public:
  // Keeps only the editions of series of two days or more.
  explicit Editions(std::span<const Edition> of_nodes);

  // Returns whether no two nodes are other editions of one series.
  bool empty() const { return of_node_.empty(); }

  // Returns the edition of a node; of no series for most. O(log editions)
  Edition Of(uint32_t node) const;

  // Returns whether two nodes are other editions of one series.
  bool AreOther(uint32_t a, uint32_t b) const;

 private:
  struct OfNode {
    uint32_t node = 0;
    Edition edition;
  };
  std::vector<OfNode> of_node_;  // ascending by node
};

// Takes the pairs of other editions of one series out of `pairs`.
void DropOtherEditions(const Editions& editions,
                       std::vector<WeightedEdge>& pairs);

}  // namespace storyfold
