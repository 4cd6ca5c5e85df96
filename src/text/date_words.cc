// Tested by: tests/boilerplate/line_keys_test.cc

#include "text/date_words.h"

#include <string_view>

#include "text/word_hash.h"

namespace storyfold {
namespace {

constexpr std::string_view kDateWords[] = {
    // English
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon",
    "tue", "wed", "thu", "fri",
    // Spanish
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
    "septiembre", "octubre", "noviembre", "diciembre", "lunes", "martes",
    "miércoles", "jueves", "viernes", "sábado", "domingo",
    // German, French
    "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonntag", "janvier", "février", "mars", "avril", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    // Russian
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
    "сентября", "октября", "ноября", "декабря", "понедельник", "вторник",
    "среда", "четверг", "пятница", "суббота", "воскресенье"};

}  // namespace

DateWords::DateWords() {
  for (const std::string_view word : kDateWords) {
    const uint64_t hash = HashWord(word);
    hashes_.insert(hash);
    may_be_[Place(hash)] = true;
  }
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
