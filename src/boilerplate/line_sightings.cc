// Tested by: tests/boilerplate/line_state_test.cc

#include "boilerplate/line_sightings.h"

#include "base/hash.h"
#include "base/threads.h"
#include "boilerplate/waiting_lines.h"

namespace storyfold {
namespace {

constexpr uint64_t kTitleKind = 0x7469746c65;

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
    const std::vector<Waiting> waiting = LinesThatWait(page, title, options);
    for (size_t n = 0; n < page.size(); ++n) {
      sightings.push_back({source, page[n].masked, text, batch.pages[a],
                           page[n].number, waiting[n] != Waiting::kNot,
                           waiting[n] == Waiting::kWithSign});
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
