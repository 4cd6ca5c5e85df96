// Tested by: tests/boilerplate/line_keys_test.cc, tests/text/editions_test.cc

#include "text/date_words.h"

#include <absl/strings/str_split.h>

#include <iterator>
#include <string_view>

#include "base/string_view.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

// In English, Spanish, German, French and Russian.
constexpr std::string_view kMonths[] = {
    "january jan enero januar janvier января",
    "february feb febrero februar février февраля",
    "march mar marzo märz mars марта",
    "april apr abril avril апреля",
    "may mayo mai мая",
    "june jun junio juni juin июня",
    "july jul julio juli juillet июля",
    "august aug agosto août августа",
    "september sep sept septiembre septembre сентября",
    "october oct octubre oktober octobre октября",
    "november nov noviembre novembre ноября",
    "december dec diciembre dezember décembre декабря"};

constexpr std::string_view kDays =
    "monday mon lunes montag lundi понедельник "
    "tuesday tue martes dienstag mardi вторник "
    "wednesday wed miércoles mittwoch mercredi среда "
    "thursday thu jueves donnerstag jeudi четверг "
    "friday fri viernes freitag vendredi пятница "
    "saturday sábado samstag samedi суббота "
    "sunday domingo sonntag dimanche воскресенье";

}  // namespace

DateWords::DateWords() {
  const auto add = [&](std::string_view words, uint32_t month) {
    for (const auto word : absl::StrSplit(ToAbsl(words), ' ')) {
      const uint64_t hash = HashWord(FromAbsl(word));
      months_.emplace(hash, month);
      may_be_[Place(hash)] = true;
    }
  };
  for (uint32_t month = 1; month <= std::size(kMonths); ++month) {
    add(kMonths[month - 1], month);
  }
  add(kDays, 0);
}

uint32_t DateWords::MonthOf(uint64_t hash) const {
  if (!may_be_[Place(hash)]) return 0;
  const auto month = months_.find(hash);
  return month == months_.end() ? 0 : month->second;
}

size_t DateWords::Find(std::span<const uint64_t> words, size_t begin) const {
  constexpr size_t kAtOnce = 8;
  const auto none_of_next = [&](size_t i) {
    bool may_be = false;
    for (size_t k = 0; k < kAtOnce; ++k) may_be |= may_be_[Place(words[i + k])];
    return !may_be;
  };
  for (size_t i = begin; i < words.size(); ++i) {
    while (i + kAtOnce <= words.size() && none_of_next(i)) i += kAtOnce;
    if (i < words.size() && Contain(words[i])) return i;
  }
  return words.size();
}

const DateWords& Dates() {
  static const DateWords dates;
  return dates;
}

}  // namespace storyfold
