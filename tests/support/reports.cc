#include "support/reports.h"

#include <cstdint>
#include <utility>

#include "support/corpus.h"

namespace storyfold {

std::string TextAbout(int subject, size_t words) {
  Random random(static_cast<uint64_t>(subject));
  return RandomText(random, words, 1'000'000);
}

NightRecord Report(const std::string& id, int subject, int day) {
  return {id,
          {},
          TextAbout(subject),
          {},
          "harborlight.example",
          "2031-03-" + std::to_string(10 + day) + "T06:00:00Z"};
}

std::vector<NightRecord> Filler(int day, int count) {
  std::vector<NightRecord> records;
  for (int i = 0; i < count; ++i) {
    records.push_back(
        Report("f" + std::to_string(day) + "-" + std::to_string(i),
               1000 + 50 * day + i, day));
  }
  return records;
}

std::string NightWith(int day, std::vector<NightRecord> records) {
  for (NightRecord& filler : Filler(day)) records.push_back(std::move(filler));
  return AsJsonLines(records);
}

}  // namespace storyfold
