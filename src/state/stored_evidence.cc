// Tested by: tests/state/state_test.cc

#include "state/stored_evidence.h"

#include <algorithm>
#include <utility>

#include "state/catalogue.h"
#include "state/settings.h"

namespace storyfold {

std::optional<ArticleId> StoredEvidence::PlaceOf(int64_t number) const {
  const auto row =
      std::ranges::lower_bound(window.rows, number, {}, &ArticleRow::number);
  if (row == window.rows.end() || row->number != number) return std::nullopt;
  return static_cast<ArticleId>(row - window.rows.begin());
}

absl::Status SetOptions(Database& database, StoredEvidence& evidence) {
  const auto settings = ReadSettings(database);
  if (!settings.ok()) return settings.status();
  auto options = PipelineOptionsOf(*settings);
  if (!options.ok()) return options.status();
  evidence.options = *std::move(options);
  evidence.model = settings->model.value_or("");
  return absl::OkStatus();
}

void SetWindow(Window window, Database& database, StoredEvidence& evidence) {
  evidence.window = std::move(window);
  for (const ArticleRow& row : evidence.window.rows) {
    evidence.earlier.push_back(row.story);
  }
  for (const PinnedNumbers& pin : ReadPins(database)) {
    const auto a = evidence.PlaceOf(pin.a);
    const auto b = evidence.PlaceOf(pin.b);
    if (a && b) evidence.pinned.push_back({*a, *b, pin.same});
  }
}

}  // namespace storyfold
