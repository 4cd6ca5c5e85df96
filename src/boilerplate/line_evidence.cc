#include "boilerplate/line_evidence.h"

#include <algorithm>
#include <numeric>

#include "base/csr.h"
#include "base/threads.h"
#include "boilerplate/pseudo_sources.h"
#include "boilerplate/source_sizes.h"

namespace storyfold {
namespace {

std::vector<ArticleId> PagesBySource(std::span<const uint32_t> source_of,
                                     size_t num_sources) {
  std::vector<ArticleId> all(source_of.size());
  std::iota(all.begin(), all.end(), 0);
  return GroupByRow(std::span<const ArticleId>(all), num_sources,
                    [&](ArticleId a) { return source_of[a]; })
      .values;
}

// Returns how many texts earlier nights know of each line, which is no more
// than LineState::kMostTexts. One look at a line there costs as much as all
// else that is asked of most lines.
std::vector<uint8_t> TextsInPast(const LineTable& table, const TextNames& names,
                                 std::span<const ArticleId> pages) {
  std::vector<uint8_t> texts;
  if (names.past == nullptr) return texts;
  texts.resize(table.keys.values.size());
  ParallelFor(pages.size(), [&](size_t k) {
    const ArticleId page = pages[k];
    if (!table.HasSource(page)) return;
    const uint64_t source = table.source_hashes[table.source_of[page]];
    const auto lines = table.keys.Row(page);
    for (size_t n = 0; n < lines.size(); ++n) {
      texts[table.keys.offsets[page] + n] =
          static_cast<uint8_t>(names.past->Texts(source, lines[n].masked));
    }
  });
  return texts;
}

}  // namespace

LineEvidence::LineEvidence(const LineTable& table, const TextNames& names,
                           const BoilerplateOptions& options)
    : table_(table),
      names_(names),
      options_(options),
      source_of_(FindPseudoSources(table, names.text_of)),
      texts_of_source_(CountTextsOfSources(names.text_of, source_of_)),
      pages_by_source_(PagesBySource(source_of_, texts_of_source_.size())),
      index_(table.keys, {names.text_of, source_of_}),
      texts_in_past_(TextsInPast(table, names, pages_by_source_)),
      titles_(table, names.text_of, source_of_),
      slots_(options.signs ? Slots(table, {names.text_of, source_of_},
                                   texts_of_source_, options.min_texts)
                           : Slots()),
      near_(options.signs ? NearLines(table, {names.text_of, source_of_},
                                      texts_of_source_, options.min_texts)
                          : NearLines()),
      rows_(table, names.text_of, source_of_) {}

std::optional<uint64_t> LineEvidence::SourceInPast(ArticleId article) const {
  if (names_.past == nullptr || !table_.HasSource(article)) return std::nullopt;
  return table_.source_hashes[table_.source_of[article]];
}

LineCount LineEvidence::Count(ArticleId article, size_t n) const {
  LineCount count = index_.Count(Position(article, n));
  if (!texts_in_past_.empty()) {
    const uint32_t in_past = texts_in_past_[Position(article, n)];
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
  const auto source = SourceInPast(article);
  return !source ||
         names_.past->IsOfShare(*source, table_.keys.Row(article)[n].masked,
                                one_of_texts);
}

std::vector<uint32_t> LineEvidence::EarlierTexts(
    ArticleId article, size_t n, std::span<const ArticleId> articles) const {
  const auto source = SourceInPast(article);
  if (!source) return {};
  std::vector<uint64_t> names;
  for (const ArticleId a : articles) names.push_back(names_.names_in_past[a]);
  return names_.past->OtherTexts(*source, table_.keys.Row(article)[n].masked,
                                 names);
}

bool LineEvidence::IsInNearlyAll(ArticleId article, size_t n) const {
  const uint32_t texts = texts_of_source_[source_of_[article]];
  const uint32_t with_line = index_.Count(Position(article, n)).texts_of_source;
  if (texts >= kLeastTextsOfShare) {
    return uint64_t{kTextsPerSiteLine} * (texts - with_line) <= texts;
  }
  const auto source = SourceInPast(article);
  return source &&
         names_.past->StandsInAll(*source, table_.keys.Row(article)[n].masked);
}

bool LineEvidence::IsOtherTitle(ArticleId article, size_t n) const {
  const uint64_t exact = table_.keys.Row(article)[n].exact;
  if (titles_.HasOther(exact, source_of_[article], names_.text_of[article])) {
    return true;
  }
  const auto source = SourceInPast(article);
  return source && names_.past->HasOtherTitle(*source, exact,
                                              names_.names_in_past[article]);
}

}  // namespace storyfold
