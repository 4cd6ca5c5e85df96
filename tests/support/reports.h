#pragma once

#include <string>
#include <vector>

#include "support/nights.h"

namespace storyfold {

// Returns a text of its own about subject `subject`.
std::string TextAbout(int subject, size_t words = 120);

// Returns a report with that text, of day 10 + `day` of March 2031.
NightRecord Report(const std::string& id, int subject, int day);

// Returns articles that set the time of a night; each is a story of its own.
std::vector<NightRecord> Filler(int day, int count = 20);

// Returns the lines of these records and of Filler(day).
std::string NightWith(int day, std::vector<NightRecord> records);

}  // namespace storyfold
