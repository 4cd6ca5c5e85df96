// A notice that names somebody is another line on each page:
//
//   This story was written by Ann Lee of the Gazette and may be reprinted ...
//   This story was written by Bo Marsh of the Gazette and may be reprinted ...
//
// No key of the whole line recurs, and slots (slots.cc) are for open lines of a
// few words. But lines that differ in few of their words have SimHash
// fingerprints that differ in few bits (Charikar, "Similarity Estimation
// Techniques from Rounding Algorithms", STOC 2002). With a share p of the words
// replaced about 64 acos(1 - p) / pi bits are others: 10 of 64 where it is four
// words of thirty. Lines that have nothing in common but their commonest words
// differ in 20 to 32.
//
// So far apart no table of fingerprints finds them (duplicates/simhash_pairs.h
// ends at 7 bits). They are found by their ends: a name stands somewhere, the
// rest stays, so near lines of one source share the first three words, numbers
// and dates masked, or the last three. Those of one end are compared by their
// fingerprints, up to 14 bits where both ends agree, up to 8 where it is one.
//
// Reports that are told again share paragraphs that way, too. So a line must
// have lines near it in a tenth of the texts of its source, three at least, and
// must stand at the foot of its page (page_judge.cc); only the last long lines
// of a page have fingerprints (long_line.h), and speech has none.
//
// Cost: the lines of an end are compared with 256 of them at most, so time is
// linear in lines. Most ends stand in too few texts; counting them roughly
// leaves few entries, 48 bytes each, to sort. Kept are a bit a line and 32
// bytes a near one.
//
// To find copies by what is left none is looked for: of 72,632 press releases
// 60,132 instead of 60,134 would be left by `dedup`.
//
// Measured: of labelled lines none goes. Of 72,632 press releases 36 lines go,
// all of them read: closing words that name what a column was about, lists of
// committees. Of a stream of two days five lines, of which two tell what a
// pandemic is; of wire stories none. In three texts instead of a tenth
// 1,454 of the press releases go, of thirty that were read twelve of bodies;
// anywhere on the page 2,703, among them first paragraphs ("Sen. X today
// announced that ...").
//
// Tested by: tests/boilerplate/near_lines_test.cc

#include "boilerplate/near_lines.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <compare>
#include <utility>

#include "base/hash.h"
#include "base/runs.h"
#include "base/threads.h"
#include "boilerplate/rough_counts.h"
#include "boilerplate/source_sizes.h"
#include "sketch/simhash.h"

namespace storyfold {
namespace {

// Bits in which near lines may differ: that share both ends, or one of them.
constexpr uint32_t kMostBits = 14;
constexpr uint32_t kMostBitsOfOneEnd = 8;

// With so many lines of its end a line is compared, and so many texts are
// counted; where a tenth of a source's texts are more than half of these, half
// of these are enough.
constexpr size_t kMostCompared = 256;

enum class End : uint32_t { kFirst = 1, kLast = 2 };

// A long line under the three words of one of its ends.
struct Entry {
  uint64_t end = 0;  // its words and which end it is
  uint32_t source = 0;
  uint32_t other_end = 0;  // words
  uint64_t simhash = 0;
  uint32_t text = 0;
  ArticleId article = 0;
  uint32_t position = 0;

  friend auto operator<=>(const Entry&, const Entry&) = default;
};

// Lines that are compared as one, and those of one end of a source.
using Entries = std::span<const Entry>;

// Calls visit(entry) for both ends of every long line.
template <typename Visit>
void ForEachEntry(const LineTable& table, const CountedNames& names,
                  const Visit& visit) {
  for (size_t a = 0; a < table.num_articles(); ++a) {
    for (const LongLine& line : table.long_lines.Row(a)) {
      const auto add = [&](uint32_t words, uint32_t others, End end) {
        visit({uint64_t{words} << 2 | static_cast<uint64_t>(end),
               names.source_of[a], others, line.simhash, names.text_of[a],
               static_cast<ArticleId>(a),
               static_cast<uint32_t>(table.keys.offsets[a] + line.n)});
      };
      add(line.first_words, line.last_words, End::kFirst);
      add(line.last_words, line.first_words, End::kLast);
    }
  }
}

// Returns the entries of ends that may stand in enough texts, sorted.
std::vector<Entry> EntriesOfMany(const LineTable& table,
                                 const CountedNames& names,
                                 std::span<const uint32_t> least_texts) {
  const auto hash = [](const Entry& entry) {
    return CombineHashes(entry.source, entry.end);
  };
  RoughCounts counts(2 * table.long_lines.values.size());
  ForEachEntry(table, names,
               [&](const Entry& entry) { counts.Add(hash(entry)); });
  std::vector<Entry> entries;
  ForEachEntry(table, names, [&](const Entry& entry) {
    if (counts.AtMost(hash(entry)) >= least_texts[entry.source]) {
      entries.push_back(entry);
    }
  });
  ParallelSort(entries);
  return entries;
}

bool AreNear(const Entry& a, const Entry& b) {
  return HammingDistance(a.simhash, b.simhash) <=
         (a.other_end == b.other_end ? kMostBits : kMostBitsOfOneEnd);
}

// Returns an entry for each of the first kMostCompared texts of a line.
std::vector<Entry> EntriesOfTexts(Entries line) {
  std::vector<Entry> entries;
  for (const Entry& entry : line) {
    if (entries.size() == kMostCompared) break;
    if (entries.empty() || entries.back().text != entry.text) {
      entries.push_back(entry);
    }
  }
  return entries;
}

// Up to kMostCompared lines of one end of a source, evenly taken.
class Sample {
 public:
  explicit Sample(std::span<const Entries> lines) {
    const size_t size = std::min(lines.size(), kMostCompared);
    for (size_t k = 0; k < size; ++k) {
      lines_.push_back(EntriesOfTexts(lines[k * lines.size() / size]));
    }
  }

  // Returns in how many texts `line` stands, or a line of the sample near it.
  NearLine Count(Entries line) {
    NearLine near;
    texts_.clear();
    AddTexts(EntriesOfTexts(line), near);
    for (const Entries other : lines_) {
      if (AreNear(line[0], other[0])) AddTexts(other, near);
    }
    near.texts = static_cast<uint32_t>(texts_.size());
    return near;
  }

 private:
  void AddTexts(Entries of_texts, NearLine& near) {
    for (const Entry& entry : of_texts) {
      if (texts_.size() == kMostCompared) return;
      const bool is_new = texts_.insert(entry.text).second;
      if (is_new && near.examples.size() < ExampleArticles::kMost) {
        near.examples.Add(entry.article);
      }
    }
  }

  std::vector<std::vector<Entry>> lines_;
  absl::flat_hash_set<uint32_t> texts_;
};

ExampleArticles Without(ArticleId article, const ExampleArticles& examples) {
  ExampleArticles others;
  for (const ArticleId other : examples) {
    if (other != article) others.Add(other);
  }
  return others;
}

// Returns the lines of one end of a source that so many texts have.
std::vector<NearLine> NearLinesOf(Entries of_end, uint32_t least_texts) {
  const std::vector<Entries> lines =
      CutIntoRuns(of_end, [](const Entry& a, const Entry& b) {
        return a.simhash == b.simhash && a.other_end == b.other_end;
      });
  std::vector<NearLine> found;
  if (of_end.size() < least_texts) return found;
  Sample sample(lines);
  for (const Entries& line : lines) {
    const NearLine near = sample.Count(line);
    if (near.texts < least_texts) continue;
    for (const Entry& entry : line) {
      found.push_back(
          {entry.position, near.texts, Without(entry.article, near.examples)});
    }
  }
  return found;
}

}  // namespace

NearLines::NearLines(const LineTable& table, const CountedNames& names,
                     std::span<const uint32_t> texts_of_source,
                     uint32_t min_texts)
    : are_near_(table.keys.values.size()) {
  std::vector<uint32_t> least_texts;
  for (const uint32_t texts : texts_of_source) {
    least_texts.push_back(std::max(
        min_texts,
        std::min<uint32_t>(texts / kTextsPerSiteLine, kMostCompared / 2)));
  }
  const std::vector<Entry> entries = EntriesOfMany(table, names, least_texts);
  const std::vector<Entries> ends =
      CutIntoRuns(Entries(entries), [](const Entry& a, const Entry& b) {
        return a.end == b.end && a.source == b.source;
      });
  lines_ = MakeRows(ends.size(), [&](size_t k) {
             return NearLinesOf(ends[k], least_texts[ends[k][0].source]);
           }).values;
  // Of a line that is found by both of its ends the end with more texts.
  std::ranges::stable_sort(lines_, [](const NearLine& a, const NearLine& b) {
    return std::pair(a.position, b.texts) < std::pair(b.position, a.texts);
  });
  const auto repeated = std::ranges::unique(lines_, {}, &NearLine::position);
  lines_.erase(repeated.begin(), repeated.end());
  for (const NearLine& line : lines_) are_near_[line.position] = true;
}

const NearLine* NearLines::Get(size_t position) const {
  return &*std::ranges::lower_bound(lines_, position, {}, &NearLine::position);
}

}  // namespace storyfold
