// German writes "the strike of the railway" as one word, Bahnstreik, and one
// report of it says "Streik" and "Bahn" where another says "Bahnstreik". So a
// compound counts as its parts, too.
//
// Which words are parts no list need tell: a part helps only where another
// article of the batch uses it, so the words of the batch are the list. A word
// is split into a modifier and a head that both stand on their own in the
// batch, with the letters between them that German and Dutch put there
// ("Regierungskrise", "Frauenhaus") or the e that they drop ("Schulreform"):
//
//   bahnstreik      = bahn + streik
//   regierungskrise = regierung + s + krise
//   schulreform     = schul(e) + reform
//
// Of several splits the one with the highest geometric mean of the articles
// that use the parts is taken (Koehn and Knight, "Empirical Methods for
// Compound Splitting", 2003). They leave a word whole where it is more frequent
// than that itself; here it is split all the same, since a story that five
// outlets call Bahnstreik is to meet the sixth. Short words are parts of
// anything by chance, so a part has four letters, and in German it is a noun. A
// wrong split costs little: Bahnhof is no yard of a railway, but all who write
// of it add the same words, of half the weight.
//
// Tested by: tests/stories/compounds_test.cc

#include "stories/compounds.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace storyfold {
namespace {

// In bytes: letters with marks count twice.
constexpr size_t kLeastPart = 4;
// What is longer is no word, and would take the square of its length.
constexpr size_t kMostLetters = 80;
constexpr std::array<std::string_view, 6> kLinks = {"",  "s",  "es",
                                                    "n", "en", "er"};

struct Split {
  const UsedWord* modifier = nullptr;
  const UsedWord* head = nullptr;
  double mean = 0;  // geometric, of the articles that use the parts
};

class Splitter {
 public:
  Splitter(std::span<const UsedWord> words, bool nouns_only) {
    for (const UsedWord& word : words) {
      if (nouns_only && 2 * word.capitalised <= word.uses) continue;
      if (word.spelling.size() >= kLeastPart)
        by_spelling_[word.spelling] = &word;
    }
  }

  // Returns the best split of `word`; none where there is no split.
  std::optional<Split> Best(const UsedWord& word) const {
    const std::string_view spelling = word.spelling;
    if (Find(spelling) == nullptr || spelling.size() > kMostLetters) {
      return std::nullopt;
    }
    Split best;
    for (size_t at = kLeastPart; at + kLeastPart <= spelling.size(); ++at) {
      const UsedWord* head = Find(spelling.substr(at));
      if (head == nullptr) continue;
      for (const UsedWord* modifier : Modifiers(spelling.substr(0, at))) {
        const double mean =
            std::sqrt(double(modifier->articles) * head->articles);
        // Of equal ones the first: the longest head, the fewest letters added.
        if (mean > best.mean) best = {modifier, head, mean};
      }
    }
    if (best.head == nullptr) return std::nullopt;
    return best;
  }

 private:
  const UsedWord* Find(std::string_view spelling) const {
    const auto at = by_spelling_.find(spelling);
    return at == by_spelling_.end() ? nullptr : at->second;
  }

  // Returns the words that stand before a head as `beginning`.
  std::vector<const UsedWord*> Modifiers(std::string_view beginning) const {
    std::vector<const UsedWord*> found;
    for (const std::string_view link : kLinks) {
      if (!beginning.ends_with(link)) continue;
      const UsedWord* word =
          Find(beginning.substr(0, beginning.size() - link.size()));
      if (word != nullptr) found.push_back(word);
    }
    const UsedWord* with_e = Find(std::string(beginning) + "e");
    if (with_e != nullptr) found.push_back(with_e);
    return found;
  }

  absl::flat_hash_map<std::string_view, const UsedWord*> by_spelling_;
};

void AddPart(const CompoundPart& part, std::vector<CompoundPart>& parts) {
  if (std::ranges::find(parts, part) == parts.end()) parts.push_back(part);
}

}  // namespace

std::vector<Compound> FindCompounds(std::span<const UsedWord> words,
                                    bool nouns_only) {
  const Splitter splitter(words, nouns_only);
  std::vector<const UsedWord*> shortest_first;
  for (const UsedWord& word : words) shortest_first.push_back(&word);
  std::ranges::sort(shortest_first, [](const UsedWord* a, const UsedWord* b) {
    return a->spelling.size() != b->spelling.size()
               ? a->spelling.size() < b->spelling.size()
               : a->spelling < b->spelling;
  });
  // A part is shorter than its compound, so its own parts are known before.
  absl::flat_hash_map<uint64_t, std::vector<CompoundPart>> parts_of;
  for (const UsedWord* word : shortest_first) {
    const std::optional<Split> split = splitter.Best(*word);
    if (!split) continue;
    std::vector<CompoundPart> parts;
    for (const UsedWord* part : {split->modifier, split->head}) {
      AddPart({part->term, part->spelling}, parts);
    }
    for (const UsedWord* part : {split->modifier, split->head}) {
      const auto known = parts_of.find(part->term);
      if (known == parts_of.end()) continue;
      for (const CompoundPart& inner : known->second) AddPart(inner, parts);
    }
    parts_of[word->term] = std::move(parts);
  }
  std::vector<Compound> compounds;
  for (auto& [term, parts] : parts_of) {
    compounds.push_back({term, std::move(parts)});
  }
  std::ranges::sort(compounds, {}, &Compound::term);
  return compounds;
}

}  // namespace storyfold
