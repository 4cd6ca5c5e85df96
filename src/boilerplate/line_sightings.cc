// Tested by: tests/boilerplate/line_state_test.cc

#include "boilerplate/line_sightings.h"

#include "base/csr.h"
#include "base/hash.h"
#include "base/threads.h"
#include "boilerplate/waiting_lines.h"

namespace storyfold {
namespace {

constexpr uint64_t kTitleKind = 0x7469746c65;

// Returns what article `a` shows; nothing where it has no source.
std::vector<Sighting> SightingsOfArticle(const LineBatch& batch, size_t a,
                                         const BoilerplateOptions& options) {
  std::vector<Sighting> sightings;
  const LineTable& table = batch.table;
  if (!table.HasSource(static_cast<ArticleId>(a))) return sightings;
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
  const auto add_key = [&](uint64_t key) {
    sightings.push_back({source, key, text, batch.pages[a], 0, false, false});
  };
  add_key(kKeyOfAllTexts);
  add_key(KeyOfWeek(batch.day));
  if (title != 0) add_key(KeyOfTitle(title));
  return sightings;
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
  std::vector<Sighting> sightings =
      MakeRows(batch.table.num_articles(), [&](size_t a) {
        return SightingsOfArticle(batch, a, options);
      }).values;
  ParallelSort(sightings);
  return sightings;
}

}  // namespace storyfold
