// Each thread numbers the terms it meets as they come and adds up the weights
// of a bag in an array by number, so nothing is sorted. When all is read
// the numberings are made one: the vocabulary is sorted, and each thread's
// numbers are exchanged for places in it. Neither depends on which thread read
// what.
//
// Tested by: tests/stories/bags_test.cc

#include "stories/bags.h"

#include <algorithm>
#include <utility>

#include "base/threads.h"
#include "stories/languages.h"
#include "stories/split_compounds.h"
#include "stories/terms.h"

namespace storyfold {
namespace {

constexpr float kTitleWeight = 2;
constexpr float kDecayWords = 100;
// Counts are fetched so many terms ahead.
constexpr size_t kCountsAhead = 8;

class BagReader {
 public:
  // Adds the words of `article`, one of `num_texts` of its bag, and returns the
  // number of its tokens.
  uint32_t Read(const Article& article, std::string_view language,
                std::span<const uint32_t> removed_lines, size_t num_texts) {
    const LanguageSet stop_words = LanguageSetOf(language);
    const bool names_tell = !CapitalisesNouns(language);
    const bool title_tells = names_tell && article.text.empty();
    const float share = 1 / static_cast<float>(num_texts);
    uint32_t num_tokens = 0;
    for (const TermOccurrence& t :
         reader_.Read(article.title, {}, num_tokens, stop_words)) {
      Add(t, share * kTitleWeight, title_tells);
    }
    for (const TermOccurrence& t : reader_.Read(
             reader_.TextOf(article), removed_lines, num_tokens, stop_words)) {
      Add(t, share / (1 + static_cast<float>(t.position) / kDecayWords),
          names_tell);
    }
    return num_tokens;
  }

  // Moves what was added to a row of `block`, its terms by this reader's
  // numbers, and to the counts.
  void TakeBag(Csr<WeightedTerm>& block) {
    for (size_t k = 0; k < met_.size(); ++k) {
      if (k + kCountsAhead < met_.size()) {
        __builtin_prefetch(&counts_[met_[k + kCountsAhead]], 1);
      }
      const uint32_t number = met_[k];
      const Use use = std::exchange(uses_[number], {});
      TermCount& count = counts_[number];
      ++count.articles;
      count.uses += use.uses;
      count.capitalised += use.capitalised;
      block.values.push_back({number, use.weight});
    }
    met_.clear();
    block.offsets.push_back(block.values.size());
  }

  // Says that the words of the bag so far were counted before.
  void NoteCounted() {
    counted_.resize(uses_.size());
    for (const uint32_t number : met_) {
      TermCount& count = counted_[number];
      ++count.articles;
      count.uses += uses_[number].uses;
      count.capitalised += uses_[number].capitalised;
    }
    ++num_counted_;
  }

  // Says that this reader has read a block.
  void NoteBlock(size_t block) { blocks_.push_back(block); }

  std::span<const size_t> blocks() const { return blocks_; }
  std::span<const uint64_t> terms() const { return reader_.terms(); }

  size_t num_counted() const { return num_counted_; }

  // Return the count of terms()[number], and what of it was counted before.
  TermCount CountOf(size_t number) const { return CountIn(counts_, number); }
  TermCount CountedOf(size_t number) const { return CountIn(counted_, number); }

 private:
  // A term in the current bag.
  struct Use {
    float weight = 0;
    uint16_t uses = 0;  // at most 10,000 a text, see TermReader::Read
    uint16_t capitalised = 0;
  };

  TermCount CountIn(std::span<const TermCount> counts, size_t number) const {
    TermCount count;
    if (number < counts.size()) count = counts[number];
    count.term = terms()[number];
    return count;
  }

  void Add(const TermOccurrence& occurrence, float weight, bool is_use) {
    if (uses_.size() <= occurrence.number) {
      uses_.resize(reader_.terms().size());
      counts_.resize(reader_.terms().size());
    }
    Use& use = uses_[occurrence.number];
    if (use.weight == 0) met_.push_back(occurrence.number);
    use.weight += weight;
    use.uses = static_cast<uint16_t>(use.uses + is_use);
    use.capitalised = static_cast<uint16_t>(use.capitalised +
                                            (is_use && occurrence.capitalised));
  }

  TermReader reader_;
  std::vector<TermCount> counts_;   // by number, without the terms
  std::vector<TermCount> counted_;  // the same
  size_t num_counted_ = 0;
  std::vector<Use> uses_;      // in the current bag, by number
  std::vector<uint32_t> met_;  // numbers in the current bag
  std::vector<size_t> blocks_;
};

// Returns the sums of what `count_of` gives of each reader.
std::vector<TermCount> MergeCounts(std::span<const BagReader> readers,
                                   TermCount (BagReader::*count_of)(size_t)
                                       const) {
  std::vector<TermCount> all;
  for (const BagReader& reader : readers) {
    for (size_t n = 0; n < reader.terms().size(); ++n) {
      const TermCount count = (reader.*count_of)(n);
      // A stop word has a number, but is in no bag.
      if (count.articles > 0) all.push_back(count);
    }
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
  const auto terms = reader.terms();
  std::vector<uint32_t> place(terms.size());
  ParallelFor(terms.size(), [&](size_t number) {
    const auto at = std::ranges::lower_bound(bags.vocabulary, terms[number], {},
                                             &TermCount::term);
    place[number] = static_cast<uint32_t>(at - bags.vocabulary.begin());
  });
  ParallelFor(reader.blocks().size(), [&](size_t b) {
    for (WeightedTerm& t : bags.blocks[reader.blocks()[b]].values) {
      t.term = place[t.term];
    }
  });
}

// Reads the bag of row `i`; returns the number of tokens of its first text.
uint32_t ReadBag(const TextsOfBags& texts, size_t i, BagReader& reader) {
  const std::span<const ArticleId> row = texts.texts.Row(i);
  const auto is_counted = [&](ArticleId a) {
    return !texts.counted.empty() && texts.counted[a];
  };
  const auto read = [&](ArticleId a) {
    return reader.Read(texts.articles[a], texts.languages[i],
                       texts.removed.Of(a), row.size());
  };
  const uint32_t num_tokens = read(row[0]);
  const auto copies = row.subspan(1);
  if (!is_counted(row[0])) {
    std::ranges::for_each(copies, read);
    return num_tokens;
  }
  for (const ArticleId a : copies) {
    if (is_counted(a)) read(a);
  }
  reader.NoteCounted();
  for (const ArticleId a : copies) {
    if (!is_counted(a)) read(a);
  }
  return num_tokens;
}

}  // namespace

TermCount Without(const TermCount& count, const TermCount& less) {
  const auto minus = [](uint32_t a, uint32_t b) { return a - std::min(a, b); };
  return {count.term, minus(count.articles, less.articles),
          minus(count.uses, less.uses),
          minus(count.capitalised, less.capitalised)};
}

Csr<ArticleId> OneEach(std::span<const ArticleId> articles) {
  Csr<ArticleId> rows;
  rows.values.assign(articles.begin(), articles.end());
  for (size_t i = 0; i < articles.size(); ++i) rows.offsets.push_back(i + 1);
  return rows;
}

TermBags ReadBags(const TextsOfBags& texts) {
  constexpr size_t kBlockSize = TermBags::kBlockSize;
  const size_t size = texts.texts.size();
  TermBags bags;
  bags.num_tokens.resize(size);
  bags.blocks.resize((size + kBlockSize - 1) / kBlockSize);
  const auto readers = ParallelPartialResults<BagReader>(
      bags.blocks.size(), [&](size_t b, BagReader& reader) {
        const size_t end = std::min((b + 1) * kBlockSize, size);
        for (size_t i = b * kBlockSize; i < end; ++i) {
          bags.num_tokens[i] = ReadBag(texts, i, reader);
          reader.TakeBag(bags.blocks[b]);
        }
        bags.blocks[b].values.shrink_to_fit();
        reader.NoteBlock(b);
      });
  bags.vocabulary = MergeCounts(readers, &BagReader::CountOf);
  bags.counted = MergeCounts(readers, &BagReader::CountedOf);
  for (const BagReader& reader : readers) {
    bags.num_counted += reader.num_counted();
    NumberByVocabulary(reader, bags);
  }
  SplitCompounds(texts, bags);
  return bags;
}

void AddElsewhere(const TermsElsewhere& elsewhere, TermBags& bags) {
  bags.num_elsewhere += elsewhere.num_articles -
                        std::min(elsewhere.num_articles, bags.num_counted);
  auto other = elsewhere.counts.begin();
  auto counted = bags.counted.begin();  // terms of the vocabulary only
  for (TermCount& count : bags.vocabulary) {
    TermCount here = {count.term};
    if (counted != bags.counted.end() && counted->term == count.term) {
      here = *counted++;
    }
    while (other != elsewhere.counts.end() && other->term < count.term) ++other;
    if (other == elsewhere.counts.end()) return;
    if (other->term != count.term) continue;
    const TermCount there = Without(*other, here);
    if (there.articles == 0) continue;
    count.articles += there.articles;
    count.uses += there.uses;
    count.capitalised += there.capitalised;
  }
}

}  // namespace storyfold
