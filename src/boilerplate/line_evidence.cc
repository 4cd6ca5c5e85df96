#include "boilerplate/line_evidence.h"

#include <algorithm>

#include "boilerplate/pseudo_sources.h"
#include "boilerplate/source_sizes.h"

namespace storyfold {

LineEvidence::LineEvidence(const LineTable& table, const TextNames& names,
                           const BoilerplateOptions& options)
    : table_(table),
      names_(names),
      options_(options),
      source_of_(FindPseudoSources(table, names.text_of)),
      texts_of_source_(CountTextsOfSources(names.text_of, source_of_)),
      index_(table.keys, {names.text_of, source_of_}),
      titles_(table, names.text_of, source_of_),
      slots_(options.signs ? Slots(table, {names.text_of, source_of_},
                                   texts_of_source_, options.min_texts)
                           : Slots()),
      near_(options.signs ? NearLines(table, {names.text_of, source_of_},
                                      texts_of_source_, options.min_texts)
                          : NearLines()),
      rows_(table, names.text_of, source_of_) {}

LineCount LineEvidence::Count(ArticleId article, size_t n) const {
  LineCount count = index_.Count(Position(article, n));
  // The past tells no more than kMostTexts apart.
  if (names_.past != nullptr && table_.HasSource(article) &&
      count.texts_of_source < LineState::kMostTexts) {
    const uint32_t in_past =
        names_.past->Texts(table_.source_hashes[table_.source_of[article]],
                           table_.keys.Row(article)[n].masked);
    count.texts_of_source = std::max(count.texts_of_source, in_past);
    count.texts = std::max(count.texts, in_past);
  }
  return count;
}

std::vector<LineCount> LineEvidence::Counts(ArticleId article) const {
  std::vector<LineCount> counts(table_.keys.Row(article).size());
  for (size_t n = 0; n < counts.size(); ++n) counts[n] = Count(article, n);
  return counts;
}

bool LineEvidence::IsOfShare(ArticleId article, size_t n,
                             const LineCount& count,
                             uint32_t one_of_texts) const {
  if (uint64_t{one_of_texts} * count.texts_of_source <
      texts_of_source_[source_of_[article]]) {
    return false;
  }
  return names_.past == nullptr || !table_.HasSource(article) ||
         names_.past->IsOfShare(table_.source_hashes[table_.source_of[article]],
                                table_.keys.Row(article)[n].masked,
                                one_of_texts);
}

std::vector<uint32_t> LineEvidence::EarlierTexts(
    ArticleId article, size_t n, std::span<const ArticleId> articles) const {
  if (names_.past == nullptr || !table_.HasSource(article)) return {};
  std::vector<uint64_t> names;
  for (const ArticleId a : articles) names.push_back(names_.names_in_past[a]);
  return names_.past->OtherTexts(
      table_.source_hashes[table_.source_of[article]],
      table_.keys.Row(article)[n].masked, names);
}

bool LineEvidence::IsInNearlyAll(ArticleId article, size_t n) const {
  const uint32_t texts = texts_of_source_[source_of_[article]];
  const uint32_t with_line = index_.Count(Position(article, n)).texts_of_source;
  if (texts >= kLeastTextsOfShare) {
    return uint64_t{kTextsPerSiteLine} * (texts - with_line) <= texts;
  }
  return names_.past != nullptr && table_.HasSource(article) &&
         names_.past->StandsInAll(
             table_.source_hashes[table_.source_of[article]],
             table_.keys.Row(article)[n].masked);
}

bool LineEvidence::IsOtherTitle(ArticleId article, size_t n) const {
  const uint64_t exact = table_.keys.Row(article)[n].exact;
  if (titles_.HasOther(exact, source_of_[article], names_.text_of[article])) {
    return true;
  }
  return names_.past != nullptr && table_.HasSource(article) &&
         names_.past->HasOtherTitle(
             table_.source_hashes[table_.source_of[article]], exact,
             names_.names_in_past[article]);
}

}  // namespace storyfold
