// A template keeps three words and changes the others, so no key of the whole
// line recurs. Its three words do:
//
//   Read also: storm hits the coast          read also storm ...
//   To contact the editor: Ann Lee           to contact the  *
//   To contact the editor: Bo Marsh          to contact the  *
//
// (The first is found where its slot begins behind three words; a prefix of two
// words is left to the masked key and to the list of teasers.) A suffix needs
// one text more: ends of headlines are equal by chance more often than
// beginnings are. Only lines behind the longest one of their page count: before
// it stand headlines, and those of one writer begin alike. (An advertisement
// may be the longest; so what fills a template goes only behind the last
// paragraph that stays, line_signs.cc.) A prefix does not begin with a number:
// "200 g of flour", "300 g of sugar".
//
// Measured on lines that nothing else flags, 1,087 extracted and 667 whole
// pages with labels: 54 and 510 boilerplate lines found, 2 and 17 lines of
// bodies, nearly all of these templates the annotators kept.
//
// Tested by: tests/boilerplate/flags_test.cc

#include "boilerplate/slots.h"

#include <algorithm>
#include <compare>
#include <utility>

#include "base/hash.h"
#include "base/threads.h"
#include "boilerplate/rough_counts.h"
#include "boilerplate/source_sizes.h"

namespace storyfold {
namespace {

enum class SlotKind : uint32_t { kPrefix = 1, kSuffix = 2 };

// One line under one of its two slot keys.
struct Filling {
  uint64_t slot = 0;  // of the source, prefix or suffix, and its words
  uint32_t text = 0;
  uint32_t position = 0;
  uint32_t source = 0;
  SlotKind kind = SlotKind::kPrefix;

  friend auto operator<=>(const Filling&, const Filling&) = default;
};

// Calls visit(filling) for both slot keys of every line that has them and
// stands behind the longest line of its page.
template <typename Visit>
void ForEachFilling(const LineTable& table, const CountedNames& names,
                    const Visit& visit) {
  for (size_t a = 0; a < table.num_articles(); ++a) {
    const auto row = table.keys.Row(a);
    for (size_t n = LongestLine(row) + 1; n < row.size(); ++n) {
      const auto add = [&](uint32_t key, SlotKind kind) {
        if (key == 0) return;
        const uint64_t words_and_kind =
            uint64_t{key} << 2 | static_cast<uint64_t>(kind);
        visit({CombineHashes(names.source_of[a], words_and_kind),
               names.text_of[a],
               static_cast<uint32_t>(table.keys.offsets[a] + n),
               names.source_of[a], kind});
      };
      add(row[n].prefix, SlotKind::kPrefix);
      add(row[n].suffix, SlotKind::kSuffix);
    }
  }
}

// Returns how many texts the template of a filling stands in at least.
uint32_t LeastTexts(const Filling& filling,
                    std::span<const uint32_t> texts_of_source,
                    uint32_t min_texts) {
  const bool is_suffix = filling.kind == SlotKind::kSuffix;
  return std::max(min_texts + is_suffix,
                  texts_of_source[filling.source] / kTextsPerSiteLine);
}

// Returns the fillings of the slots that may stand in enough texts, sorted.
std::vector<Filling> FillingsOfMany(const LineTable& table,
                                    const CountedNames& names,
                                    std::span<const uint32_t> texts_of_source,
                                    uint32_t min_texts) {
  RoughCounts counts(table.keys.values.size());
  ForEachFilling(table, names, [&](const Filling& f) { counts.Add(f.slot); });
  std::vector<Filling> fillings;
  ForEachFilling(table, names, [&](const Filling& f) {
    if (counts.AtMost(f.slot) >= LeastTexts(f, texts_of_source, min_texts)) {
      fillings.push_back(f);
    }
  });
  ParallelSort(fillings);
  return fillings;
}

// Returns whether the fillings of one slot stand in enough texts, and are not
// all the same line.
bool IsTemplate(std::span<const Filling> fillings, const Csr<LineKey>& keys,
                uint32_t min_texts) {
  uint32_t num_texts = 1;
  bool differ = false;
  const auto rest = [&](const Filling& f) {
    return keys.values[f.position].masked;
  };
  for (size_t k = 1; k < fillings.size(); ++k) {
    num_texts += fillings[k].text != fillings[k - 1].text;
    differ = differ || rest(fillings[k]) != rest(fillings[0]);
  }
  return differ && num_texts >= min_texts;
}

}  // namespace

Slots::Slots(const LineTable& table, const CountedNames& names,
             std::span<const uint32_t> texts_of_source, uint32_t min_texts)
    : fills_(table.keys.values.size()) {
  const std::vector<Filling> fillings =
      FillingsOfMany(table, names, texts_of_source, min_texts);
  for (size_t begin = 0; begin < fillings.size();) {
    size_t end = begin + 1;
    while (end < fillings.size() &&
           fillings[end].slot == fillings[begin].slot) {
      ++end;
    }
    const std::span<const Filling> of_slot(fillings.data() + begin,
                                           end - begin);
    const uint32_t least = LeastTexts(of_slot[0], texts_of_source, min_texts);
    if (of_slot.size() >= least && IsTemplate(of_slot, table.keys, least)) {
      for (const Filling& f : of_slot) fills_[f.position] = true;
    }
    begin = end;
  }
}

}  // namespace storyfold
