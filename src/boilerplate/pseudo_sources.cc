// Pages of unknown source still say whose they are: an outlet prints its own
// labels around every text.
//
//   page a           page b           page c
//   Alex Arden       Storm hits ...   Home
//   Dunmere          Politics         Politics
//   Politics         Leave a review   Share this page
//   Leave a review
//
// a and b have "Politics" and "Leave a review" in common, c has "Politics" with
// both, as half of the web does. A label is a line of up to eight words, not
// quoted and not the title, that at least two texts carry. Two pages are linked
// that share two labels of four words together, and of all labels of the two
// at least .4 (Jaccard); a pseudo-source is a component.
//
// Pages that share labels are found as those that share a pair of labels. Of
// each page the twelve labels with the least hashes count, so that pages that
// share labels choose the same ones; 66 pairs a page. In a group of pages with
// a common pair, in the order of their labels, each is compared with the first
// and with the one before it.
//
// Tested by: tests/boilerplate/pseudo_sources_test.cc

#include "boilerplate/pseudo_sources.h"

#include <algorithm>
#include <compare>
#include <utility>

#include "base/components.h"
#include "base/hash.h"
#include "base/threads.h"
#include "boilerplate/line_looks.h"

namespace storyfold {
namespace {

constexpr uint32_t kLeastWordsOfPair = 4;
constexpr double kLeastJaccard = 0.4;
constexpr size_t kLabelsPaired = 12;
constexpr size_t kNumParts = 16;  // of the pairs, one in memory at a time

struct PageLabel {
  uint64_t key = 0;
  uint32_t num_words = 0;

  friend auto operator<=>(const PageLabel&, const PageLabel&) = default;
};

bool CanBeLabel(const LineKey& line, uint64_t title_key) {
  // Characters of scripts without spaces count one by one: the teasers of a
  // page would be labels else, and no two pages have those in common.
  return line.num_words > 0 &&
         std::max<uint32_t>(line.num_words, line.num_tokens) <= kLabelTokens &&
         !line.quoted && line.exact != title_key;
}

// The labels of the pages without a source.
class LabelTable {
 public:
  LabelTable(const LineTable& table, std::span<const uint32_t> text_of,
             std::span<const ArticleId> pages)
      : labels_(pages.size()), set_hash_(pages.size()) {
    const std::vector<uint64_t> recurring =
        RecurringKeys(table, text_of, pages);
    ParallelFor(pages.size(), [&](size_t p) {
      std::vector<PageLabel>& labels = labels_[p];
      for (const LineKey& line : table.keys.Row(pages[p])) {
        if (CanBeLabel(line, table.title_keys[pages[p]]) &&
            std::ranges::binary_search(recurring, line.masked)) {
          labels.push_back({line.masked, line.num_words});
        }
      }
      std::ranges::sort(labels);
      labels.erase(std::unique(labels.begin(), labels.end(),
                               [](const PageLabel& a, const PageLabel& b) {
                                 return a.key == b.key;
                               }),
                   labels.end());
      for (const PageLabel& label : labels) {
        set_hash_[p] = CombineHashes(set_hash_[p], label.key);
      }
    });
  }

  std::span<const PageLabel> Of(size_t page) const { return labels_[page]; }
  // Equal for equal sets of labels.
  uint64_t SetHash(size_t page) const { return set_hash_[page]; }

  double Jaccard(size_t a, size_t b) const {
    std::vector<PageLabel> shared;
    std::ranges::set_intersection(labels_[a], labels_[b],
                                  std::back_inserter(shared));
    const size_t all = labels_[a].size() + labels_[b].size() - shared.size();
    return static_cast<double>(shared.size()) / static_cast<double>(all);
  }

 private:
  // Returns the keys of lines that can be labels and stand in two texts at
  // least, ascending.
  static std::vector<uint64_t> RecurringKeys(const LineTable& table,
                                             std::span<const uint32_t> text_of,
                                             std::span<const ArticleId> pages) {
    std::vector<std::pair<uint64_t, uint32_t>> seen;  // key, text
    for (const ArticleId page : pages) {
      for (const LineKey& line : table.keys.Row(page)) {
        if (!CanBeLabel(line, table.title_keys[page])) continue;
        seen.emplace_back(line.masked, text_of[page]);
      }
    }
    ParallelSort(seen);
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    std::vector<uint64_t> recurring;
    for (size_t k = 1; k < seen.size(); ++k) {
      if (seen[k].first == seen[k - 1].first &&
          (recurring.empty() || recurring.back() != seen[k].first)) {
        recurring.push_back(seen[k].first);
      }
    }
    return recurring;
  }

  std::vector<std::vector<PageLabel>> labels_;  // by key
  std::vector<uint64_t> set_hash_;
};

// A pair of labels on a page.
struct LabelPair {
  uint64_t pair = 0;
  uint64_t set_hash = 0;
  uint32_t page = 0;

  friend auto operator<=>(const LabelPair&, const LabelPair&) = default;
};

// Returns the pairs whose hash falls into one part, sorted, so that pages with
// equal labels stand side by side.
std::vector<LabelPair> PairsOf(const LabelTable& labels, size_t num_pages,
                               size_t part) {
  std::vector<LabelPair> pairs;
  for (uint32_t page = 0; page < num_pages; ++page) {
    const auto of_page = labels.Of(page);
    const size_t size = std::min(of_page.size(), kLabelsPaired);
    for (size_t i = 0; i < size; ++i) {
      for (size_t j = i + 1; j < size; ++j) {
        const uint64_t pair = CombineHashes(of_page[i].key, of_page[j].key);
        if (pair % kNumParts == part &&
            of_page[i].num_words + of_page[j].num_words >= kLeastWordsOfPair) {
          pairs.push_back({pair, labels.SetHash(page), page});
        }
      }
    }
  }
  ParallelSort(pairs);
  return pairs;
}

void LinkPages(const LabelTable& labels, std::span<const LabelPair> of_pair,
               Components& components) {
  const LabelPair& first = of_pair[0];
  for (size_t k = 1; k < of_pair.size(); ++k) {
    const LabelPair& page = of_pair[k];
    const LabelPair& before = of_pair[k - 1];
    for (const LabelPair& other : {first, before}) {
      if (page.set_hash == other.set_hash ||
          labels.Jaccard(page.page, other.page) >= kLeastJaccard) {
        components.Connect(page.page, other.page);
      }
    }
  }
}

}  // namespace

std::vector<uint32_t> FindPseudoSources(const LineTable& table,
                                        std::span<const uint32_t> text_of) {
  std::vector<uint32_t> source_of = table.source_of;
  std::vector<ArticleId> pages;
  for (ArticleId a = 0; a < table.num_articles(); ++a) {
    if (!table.HasSource(a)) pages.push_back(a);
  }
  if (pages.empty()) return source_of;
  const LabelTable labels(table, text_of, pages);
  Components components(pages.size());
  for (size_t part = 0; part < kNumParts; ++part) {
    const std::vector<LabelPair> pairs = PairsOf(labels, pages.size(), part);
    for (size_t begin = 0; begin < pairs.size();) {
      size_t end = begin + 1;
      while (end < pairs.size() && pairs[end].pair == pairs[begin].pair) ++end;
      LinkPages(labels, {pairs.data() + begin, end - begin}, components);
      begin = end;
    }
  }
  const auto num_sources = static_cast<uint32_t>(table.source_hashes.size());
  for (uint32_t p = 0; p < pages.size(); ++p) {
    source_of[pages[p]] = num_sources + components.Find(p);
  }
  return source_of;
}

}  // namespace storyfold
