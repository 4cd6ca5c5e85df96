// Each thread numbers the terms it meets as they come and adds up the weights
// of an article in an array by number, so nothing is sorted. When all is read
// the numberings are made one: the vocabulary is sorted, and each thread's
// numbers are exchanged for places in it. Neither depends on which thread read
// what.
//
// Tested by: tests/stories/bags_test.cc

#include "stories/bags.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <iterator>

#include "base/threads.h"
#include "stories/languages.h"
#include "stories/terms.h"

namespace storyfold {
namespace {

constexpr float kTitleWeight = 2;
constexpr float kDecayWords = 100;

class BagReader {
 public:
  // Adds the bag of `article`, its terms by this reader's numbers, as a row of
  // `block` and returns the number of its tokens.
  uint32_t Read(const Article& article, std::string_view language,
                std::span<const uint32_t> removed_lines,
                Csr<WeightedTerm>& block) {
    const LanguageSet stop_words = LanguageSetOf(language);
    const bool names_tell = !CapitalisesNouns(language);
    const bool title_tells = names_tell && article.text.empty();
    uint32_t num_tokens = 0;
    for (const TermOccurrence& t :
         reader_.Read(article.title, {}, num_tokens, stop_words)) {
      Add(t, kTitleWeight, title_tells);
    }
    for (const TermOccurrence& t : reader_.Read(
             reader_.TextOf(article), removed_lines, num_tokens, stop_words)) {
      Add(t, 1 / (1 + static_cast<float>(t.position) / kDecayWords),
          names_tell);
    }
    for (const uint32_t number : met_) {
      ++counts_[number].articles;
      block.values.push_back({number, weights_[number]});
      weights_[number] = 0;
    }
    met_.clear();
    block.offsets.push_back(block.values.size());
    return num_tokens;
  }

  // Says that this reader has read a block.
  void NoteBlock(size_t block) { blocks_.push_back(block); }

  std::span<const size_t> blocks() const { return blocks_; }
  std::span<const TermCount> counts() const { return counts_; }

 private:
  void Add(const TermOccurrence& occurrence, float weight, bool is_use) {
    const auto [at, is_new] = number_of_.try_emplace(
        occurrence.term, static_cast<uint32_t>(counts_.size()));
    if (is_new) {
      counts_.push_back({occurrence.term});
      weights_.push_back(0);
    }
    const uint32_t number = at->second;
    if (weights_[number] == 0) met_.push_back(number);
    weights_[number] += weight;
    counts_[number].uses += is_use;
    counts_[number].capitalised += is_use && occurrence.capitalised;
  }

  TermReader reader_;
  absl::flat_hash_map<uint64_t, uint32_t> number_of_;
  std::vector<TermCount> counts_;  // by number
  std::vector<float> weights_;     // of the current article, by number
  std::vector<uint32_t> met_;      // numbers in the current article
  std::vector<size_t> blocks_;
};

std::vector<TermCount> MergeCounts(std::span<const BagReader> readers) {
  std::vector<TermCount> all;
  for (const BagReader& reader : readers) {
    std::ranges::copy(reader.counts(), std::back_inserter(all));
  }
  // Counts of one term are added up in any order.
  ParallelSort(all, [](const TermCount& a, const TermCount& b) {
    return a.term < b.term;
  });
  std::vector<TermCount> merged;
  for (const TermCount& count : all) {
    if (merged.empty() || merged.back().term != count.term) {
      merged.push_back({count.term});
    }
    merged.back().articles += count.articles;
    merged.back().uses += count.uses;
    merged.back().capitalised += count.capitalised;
  }
  return merged;
}

// Exchanges the numbers of `reader` for places in the vocabulary.
void NumberByVocabulary(const BagReader& reader, TermBags& bags) {
  const auto counts = reader.counts();
  std::vector<uint32_t> place(counts.size());
  ParallelFor(counts.size(), [&](size_t number) {
    const auto at = std::ranges::lower_bound(
        bags.vocabulary, counts[number].term, {}, &TermCount::term);
    place[number] = static_cast<uint32_t>(at - bags.vocabulary.begin());
  });
  ParallelFor(reader.blocks().size(), [&](size_t b) {
    for (WeightedTerm& t : bags.blocks[reader.blocks()[b]].values) {
      t.term = place[t.term];
    }
  });
}

}  // namespace

TermBags ReadBags(std::span<const Article> articles,
                  std::span<const ArticleId> chosen,
                  std::span<const std::string_view> languages,
                  const RemovedLines& removed) {
  constexpr size_t kBlockSize = TermBags::kBlockSize;
  TermBags bags;
  bags.num_tokens.resize(chosen.size());
  bags.blocks.resize((chosen.size() + kBlockSize - 1) / kBlockSize);
  const auto readers = ParallelPartialResults<BagReader>(
      bags.blocks.size(), [&](size_t b, BagReader& reader) {
        const size_t end = std::min((b + 1) * kBlockSize, chosen.size());
        for (size_t i = b * kBlockSize; i < end; ++i) {
          bags.num_tokens[i] =
              reader.Read(articles[chosen[i]], languages[i],
                          removed.Of(chosen[i]), bags.blocks[b]);
        }
        bags.blocks[b].values.shrink_to_fit();
        reader.NoteBlock(b);
      });
  bags.vocabulary = MergeCounts(readers);
  for (const BagReader& reader : readers) NumberByVocabulary(reader, bags);
  return bags;
}

}  // namespace storyfold
