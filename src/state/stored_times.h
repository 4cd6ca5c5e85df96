#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "state/database.h"
#include "state/night_clock.h"

namespace storyfold {

// Returns what the stored articles say of the time. O(1)
ClockEvidence ReadClockEvidence(Database& database,
                                std::optional<int64_t> given);

// Gives stored articles the times that this clock takes them to be of, where
// the one they came in with could not believe theirs, or believed too much; and
// what follows from that in stories, nights and segments: stories of the window
// are open again. To be called where the clock has jumped. O(articles)
void CorrectTimes(const NightClock& clock, int64_t window_begin,
                  Database& database);

// Returns what a person should know of the clock of a night, a line each.
// `stated` are the times of tonight's new and changed articles, which are
// `num_articles`.
std::vector<std::string> WarningsOfClock(const NightClock& clock,
                                         const ClockEvidence& before,
                                         std::span<const int64_t> stated,
                                         size_t num_articles);

// Returns whether the clock moved further than it does from night to night.
bool HasJumped(const NightClock& clock, const ClockEvidence& before);

}  // namespace storyfold
