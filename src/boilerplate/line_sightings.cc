// Tested by: tests/boilerplate/line_state_test.cc

#include "boilerplate/line_sightings.h"

#include <span>

#include "base/hash.h"
#include "base/threads.h"
#include "boilerplate/line_looks.h"

namespace storyfold {
namespace {

constexpr uint64_t kTitleKind = 0x7469746c65;

bool CanWait(const LineKey& line, uint64_t title_key,
             const BoilerplateOptions& options) {
  const bool speech =
      line.num_tokens >= options.long_line_tokens && IsSpeech(line);
  return line.num_words >= 2 && line.exact != title_key && !speech;
}

// Whether line `n` of a page has one of the signs that do not depend on others
// (line_signs.cc); paragraphs may be wire copy, so they have none.
bool HasSign(std::span<const LineKey> page, size_t n,
             const BoilerplateOptions& options) {
  const LineKey& line = page[n];
  if (line.num_tokens >= options.long_line_tokens) return false;
  return IsAtEdge(n, page.size()) || IsLabel(line);
}

}  // namespace

uint64_t KeyOfTitle(uint64_t title_key) {
  return CombineHashes(title_key, kTitleKind);
}

uint32_t ShortName(uint64_t text) {
  return static_cast<uint32_t>(Mix(text) >> 32);
}

std::vector<Sighting> SightingsOf(const LineBatch& batch,
                                  const BoilerplateOptions& options) {
  std::vector<Sighting> sightings;
  const LineTable& table = batch.table;
  for (ArticleId a = 0; a < table.num_articles(); ++a) {
    if (!table.HasSource(a)) continue;
    const uint64_t source = table.source_hashes[table.source_of[a]];
    const uint32_t text = ShortName(batch.texts[a]);
    const uint64_t title = table.title_keys[a];
    const auto page = table.keys.Row(a);
    for (size_t n = 0; n < page.size(); ++n) {
      sightings.push_back({source, page[n].masked, text, batch.pages[a],
                           page[n].number, CanWait(page[n], title, options),
                           HasSign(page, n, options)});
    }
    for (const uint64_t key : {kKeyOfAllTexts, KeyOfWeek(batch.day)}) {
      sightings.push_back({source, key, text, batch.pages[a], 0, false, false});
    }
    if (title != 0) {
      sightings.push_back(
          {source, KeyOfTitle(title), text, batch.pages[a], 0, false, false});
    }
  }
  ParallelSort(sightings);
  return sightings;
}

}  // namespace storyfold
