#include "duplicates/verify.h"

#include <algorithm>

#include "base/components.h"
#include "base/radix_sort.h"
#include "base/threads.h"
#include "sketch/shingle_table.h"
#include "sketch/shingles.h"

namespace storyfold {
namespace {

// Four standard errors of the signature's estimate: of pairs at the threshold
// one in 30,000 is lost.
constexpr double kEstimateMargin = 0.18;

// Shingles held at a time, 16 MiB of them: they stay in the cache.
constexpr size_t kShinglesAtOnce = size_t{2} << 20;

// The distinct shingles of the texts that a batch of candidates names.
class ShingleLists {
 public:
  explicit ShingleLists(size_t num_texts) : row_of_text_(num_texts, kNoRow) {}

  // Names a text of the batch, which has at most `most` shingles.
  void Add(uint32_t text, size_t most) {
    if (row_of_text_[text] != kNoRow) return;
    row_of_text_[text] = static_cast<uint32_t>(rows_.size());
    rows_.push_back({text, num_shingles_, 0});
    num_shingles_ += most;
  }

  // Returns how many shingles the texts of the batch have at most.
  size_t num_shingles() const { return num_shingles_; }

  void Compute(const VerifiedTexts& texts) {
    struct Scratch {
      Sketcher sketcher;
      ShingleDeduper deduper;
    };
    if (shingles_.size() < num_shingles_) shingles_.resize(num_shingles_);
    ParallelForWithScratch(
        rows_.size(),
        [&] {
          return Scratch{Sketcher(texts.use), {}};
        },
        [&](size_t i, Scratch& scratch) {
          const ArticleId article = texts.texts.First(rows_[i].text);
          const auto shingles =
              scratch.deduper.KeepFirst(scratch.sketcher.Shingles(
                  texts.articles[article], texts.removed.Of(article)));
          rows_[i].size = shingles.size();
          std::ranges::copy(shingles, shingles_.data() + rows_[i].begin);
        });
  }

  std::span<const uint64_t> Of(uint32_t text) const {
    const Row& row = rows_[row_of_text_[text]];
    return {shingles_.data() + row.begin, row.size};
  }

  void Clear() {
    for (const Row& row : rows_) row_of_text_[row.text] = kNoRow;
    rows_.clear();
    num_shingles_ = 0;
  }

 private:
  static constexpr uint32_t kNoRow = ~uint32_t{0};
  struct Row {
    uint32_t text = 0;
    size_t begin = 0;
    size_t size = 0;
  };

  std::vector<uint32_t> row_of_text_;
  std::vector<Row> rows_;
  std::vector<uint64_t> shingles_;
  size_t num_shingles_ = 0;
};

// Returns the numbers of the candidates, those of one component of the graph
// they make side by side: a text is then needed in one batch, seldom in two.
std::vector<uint32_t> OrderByComponent(size_t num_texts,
                                       std::span<const Candidate> candidates) {
  Components components(num_texts);
  for (const Candidate& c : candidates) components.Connect(c.a, c.b);
  std::vector<uint64_t> records(candidates.size());
  for (size_t i = 0; i < records.size(); ++i) {
    records[i] = uint64_t{components.Find(candidates[i].a)} << 32 | i;
  }
  std::vector<uint64_t> scratch;
  RadixSort(records, 32, scratch);
  return {records.begin(), records.end()};
}

// Compares the candidates with the numbers `batch`; those of one `a` stand
// side by side, and its shingles go into a table once.
void CompareBatch(std::span<const Candidate> candidates,
                  std::span<const uint32_t> batch, const ShingleLists& lists,
                  std::span<VerifiedPair> compared) {
  std::vector<size_t> begins;  // of the runs of one a
  for (size_t i = 0; i < batch.size(); ++i) {
    if (i == 0 || candidates[batch[i]].a != candidates[batch[i - 1]].a) {
      begins.push_back(i);
    }
  }
  begins.push_back(batch.size());
  ParallelForWithScratch<ShingleTable>(
      begins.size() - 1, [&](size_t run, ShingleTable& table) {
        const auto of_a = lists.Of(candidates[batch[begins[run]]].a);
        table.Assign(of_a);
        for (size_t i = begins[run]; i < begins[run + 1]; ++i) {
          const Candidate& c = candidates[batch[i]];
          const auto of_b = lists.Of(c.b);
          VerifiedPair& pair = compared[batch[i]];
          pair = SimilarityOfSets(of_a.size(), of_b.size(),
                                  table.CountShared(of_b));
          pair.a = c.a;
          pair.b = c.b;
        }
      });
}

// Returns the candidates whose signatures do not put them far below the
// threshold.
std::vector<Candidate> KeepLikely(const DistinctTexts& texts,
                                  std::span<const Sketch> sketches,
                                  std::span<const Candidate> candidates,
                                  double min_jaccard) {
  std::vector<char> likely(candidates.size());
  ParallelFor(candidates.size(), [&](size_t i) {
    const Candidate& c = candidates[i];
    const double estimate =
        EstimateJaccard(sketches[texts.First(c.a)].signature,
                        sketches[texts.First(c.b)].signature);
    likely[i] = estimate >= min_jaccard - kEstimateMargin;
  });
  std::vector<Candidate> kept;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (likely[i]) kept.push_back(candidates[i]);
  }
  return kept;
}

}  // namespace

VerifiedPair SimilarityOfSets(size_t size_x, size_t size_y, size_t shared) {
  const auto common = static_cast<double>(shared);
  VerifiedPair pair;
  pair.jaccard = common / (static_cast<double>(size_x + size_y) - common);
  pair.containment = common / static_cast<double>(std::min(size_x, size_y));
  return pair;
}

void TextComparer::SetFirst(const Article& article,
                            std::span<const uint32_t> removed_lines) {
  const auto shingles =
      deduper_.KeepFirst(sketcher_.Shingles(article, removed_lines));
  table_.Assign(shingles);
  first_size_ = shingles.size();
}

VerifiedPair TextComparer::Compare(const Article& article,
                                   std::span<const uint32_t> removed_lines) {
  const auto shingles =
      deduper_.KeepFirst(sketcher_.Shingles(article, removed_lines));
  if (first_size_ == 0 || shingles.empty()) return {};
  return SimilarityOfSets(first_size_, shingles.size(),
                          table_.CountShared(shingles));
}

std::vector<VerifiedPair> VerifyCandidates(
    const VerifiedTexts& texts, std::span<const Candidate> candidates,
    double min_jaccard) {
  const std::vector<Candidate> likely =
      KeepLikely(texts.texts, texts.sketches, candidates, min_jaccard);
  const std::vector<uint32_t> order =
      OrderByComponent(texts.texts.size(), likely);
  const auto num_words = [&](uint32_t text) {
    return texts.sketches[texts.texts.First(text)].num_words;
  };
  std::vector<VerifiedPair> compared(likely.size());
  ShingleLists lists(texts.texts.size());
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin;
    for (; end < order.size() && lists.num_shingles() < kShinglesAtOnce;
         ++end) {
      const Candidate& c = likely[order[end]];
      lists.Add(c.a, num_words(c.a));
      lists.Add(c.b, num_words(c.b));
    }
    lists.Compute(texts);
    CompareBatch(likely, std::span(order).subspan(begin, end - begin), lists,
                 compared);
    lists.Clear();
    begin = end;
  }
  std::erase_if(compared, [&](const VerifiedPair& pair) {
    return pair.jaccard < min_jaccard;
  });
  return compared;
}

}  // namespace storyfold
