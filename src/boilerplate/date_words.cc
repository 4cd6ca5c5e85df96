// Tested by: tests/boilerplate/line_keys_test.cc

#include "boilerplate/date_words.h"

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
    may_be_[Bit(hash)] = true;
  }
}

const DateWords& Dates() {
  static const DateWords dates;
  return dates;
}

}  // namespace storyfold
