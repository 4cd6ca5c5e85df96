// Two days of one column, the horoscope or the weather, share the words that
// tell an event, and most of what either has in common with any text. So in a
// feed of some days such a column would be one story that grows every morning,
// and each day a copy of the first. The title says otherwise: one outlet, the
// same words, and another day.
//
//   Weather in Tula 3 May: warmer, up to +22      series: "weather in tula"
//   Weather in Tula 2 May: rain, up to +18        days: 3 May, 2 May
//
// Two days of one series are not compared for stories, as articles are not that
// lie further apart than the window (whether they meet is left to what stands
// between them), and are copies only where they are nearly equal.
//
// A date is a day beside the name of a month ("3 May", "May 3rd"), behind the
// number of one ("5月3日"), or three numbers in one ("03.05.2020"). It ends the
// title, or a comma or colon follows: "12 may be dead", "Bridge closed until
// May 17 after collapse" tell of no day of theirs. Nor does one behind "until",
// "to", "on" and the like, which is a day of the event: "Lockdown extended to
// May 3" may be "to May 4" an hour later, and is the same news.
//
// The series is told by the source and the words before the date, two at least;
// what follows tells what is new today. Numbers and names of days in them do
// not count. Articles without a source are of no series. A date at the head of
// a title is that of the report, and a report that comes again is the same
// report ("June 18 2007 Senators call for action"); but where a colon or a dash
// parts it from all other words, these are the series ("May 3: Your daily
// horoscope").
//
// Tested by: tests/text/editions_test.cc

#include "text/editions.h"

#include <absl/container/flat_hash_set.h>
#include <absl/strings/str_split.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/string_view.h"
#include "base/threads.h"
#include "text/date_words.h"
#include "text/unicode.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

constexpr size_t kLeastWords = 2;
constexpr size_t kYearDigits = 4;
constexpr uint32_t kMostDay = 31;
constexpr uint32_t kMostMonth = 12;

// What stands before a day of the event, in the languages of the months.
constexpr std::string_view kBeforeDayOfEvent =
    "until till til to by before from since after through on hasta desde el "
    "bis ab seit am zum le au dès depuis до с к после по";

bool IsBeforeDayOfEvent(uint64_t word) {
  static const absl::flat_hash_set<uint64_t> words = [] {
    absl::flat_hash_set<uint64_t> all;
    for (const auto w : absl::StrSplit(ToAbsl(kBeforeDayOfEvent), ' ')) {
      all.insert(HashWord(FromAbsl(w)));
    }
    return all;
  }();
  return words.contains(word);
}

struct Title {
  std::string_view text;
  std::span<const Token> tokens;

  size_t size() const { return tokens.size(); }
  std::string_view Spelling(size_t i) const {
    return text.substr(tokens[i].offset, tokens[i].length);
  }
  // Returns what stands between token `i` and the next.
  std::string_view Between(size_t i) const {
    const size_t end = size_t{tokens[i].offset} + tokens[i].length;
    return text.substr(end, tokens[i + 1].offset - end);
  }
};

// Where a title names a date.
struct NamedDate {
  size_t first_token = 0;
  size_t last_token = 0;
  uint32_t day = 0;  // 32 times the month and the day
  // "03/05/2020" is a day of March or of May: never compared with others.
  bool is_ambiguous = false;
};

bool IsOneOf(std::string_view word, std::initializer_list<const char*> words) {
  return std::ranges::find(words, word) != words.end();
}

// Returns the number that a word of one or two digits is, from 1 to `most`;
// nothing for other words.
std::optional<uint32_t> NumberOf(std::string_view word, uint32_t most) {
  if (word.empty() || word.size() > 2) return std::nullopt;
  uint32_t number = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + static_cast<uint32_t>(c - '0');
  }
  if (number == 0 || number > most) return std::nullopt;
  return number;
}

// Returns the day of a month that token `i` is: 3 for "3", "03" and "3rd". The
// end of "COVID-19" is none.
std::optional<uint32_t> DayAt(const Title& title, size_t i) {
  const size_t offset = title.tokens[i].offset;
  if (offset > 0 && title.text[offset - 1] == '-') return std::nullopt;
  std::string_view word = title.Spelling(i);
  if (word.size() > 2 &&
      IsOneOf(word.substr(word.size() - 2), {"st", "nd", "rd", "th"})) {
    word.remove_suffix(2);
  }
  return NumberOf(word, kMostDay);
}

// A date like 5月3日 from token `i` on.
std::optional<NamedDate> DateBySigns(const Title& title, size_t i) {
  if (i + 3 > title.size() || !IsOneOf(title.Spelling(i + 1), {"月", "월"})) {
    return std::nullopt;
  }
  const auto month = NumberOf(title.Spelling(i), kMostMonth);
  const auto day = NumberOf(title.Spelling(i + 2), kMostDay);
  if (!month || !day) return std::nullopt;
  const bool has_sign =
      i + 3 < title.size() &&
      IsOneOf(title.Spelling(i + 3), {"日", "号", "號", "일"});
  return NamedDate{i, has_sign ? i + 3 : i + 2, 32 * *month + *day};
}

bool IsYear(const Token& token) {
  return token.all_digits && token.length == kYearDigits;
}

// A date like 03.05.2020 or 2020-05-03 from token `i` on.
std::optional<NamedDate> DateOfNumbers(const Title& title, size_t i) {
  if (i + 3 > title.size()) return std::nullopt;
  const std::string_view joint = title.Between(i);
  if (joint != title.Between(i + 1) || !IsOneOf(joint, {".", "/", "-"})) {
    return std::nullopt;
  }
  const bool year_first = IsYear(title.tokens[i]);
  if (!year_first && !IsYear(title.tokens[i + 2])) return std::nullopt;
  const bool is_ambiguous = !year_first && joint == "/";
  const size_t first = year_first ? i + 1 : i;
  const uint32_t most = is_ambiguous ? kMostDay : kMostMonth;
  const auto month =
      NumberOf(title.Spelling(year_first ? first : first + 1), most);
  const auto day =
      NumberOf(title.Spelling(year_first ? first + 1 : first), kMostDay);
  if (!month || !day) return std::nullopt;
  return NamedDate{i, i + 2, 32 * *month + *day, is_ambiguous};
}

std::optional<NamedDate> FirstDate(const Title& title) {
  for (size_t i = 0; i < title.size(); ++i) {
    if (!title.tokens[i].has_digit) continue;
    if (const auto date = DateOfNumbers(title, i)) return date;
    if (const auto date = DateBySigns(title, i)) return date;
    const auto day = DayAt(title, i);
    if (!day) continue;
    const auto month_at = [&](size_t k) {
      return k < title.size() ? Dates().MonthOf(title.tokens[k].hash) : 0;
    };
    if (const uint32_t month = month_at(i + 1); month != 0) {
      return NamedDate{i, i + 1, 32 * month + *day};
    }
    if (const uint32_t month = i > 0 ? month_at(i - 1) : 0; month != 0) {
      return NamedDate{i - 1, i, 32 * month + *day};
    }
  }
  return std::nullopt;
}

// Returns what stands between the date, with its year, and the word that
// follows; nothing where none does.
std::optional<std::string_view> BehindDate(const Title& title,
                                           const NamedDate& date) {
  size_t last = date.last_token;
  if (last + 1 < title.size() && IsYear(title.tokens[last + 1])) ++last;
  if (last + 1 >= title.size()) return std::nullopt;
  return title.Between(last);
}

// Returns whether a colon or a dash parts the date from what follows.
bool IsPartedFromRest(const Title& title, const NamedDate& date) {
  const auto behind = BehindDate(title, date);
  return behind && (behind->find(':') != behind->npos ||
                    IsOneOf(*behind, {" - ", " – ", " — "}));
}

// Returns whether the date is that of the article rather than of what it tells.
bool IsOwnDate(const Title& title, const NamedDate& date) {
  const auto behind = BehindDate(title, date);
  if (behind && behind->find_first_not_of(' ') == behind->npos) return false;
  size_t begin = date.first_token;  // "on Sunday, 3 May"
  while (begin > 0 && Dates().Contain(title.tokens[begin - 1].hash)) --begin;
  return begin == 0 || !IsBeforeDayOfEvent(title.tokens[begin - 1].hash);
}

// The words at the head of a title; numbers and dates are none.
struct Words {
  uint64_t hash = 0;
  size_t half_words = 0;  // of scripts without spaces a character is half a one
};

Words ReadWords(const Title& title, size_t end) {
  Words words;
  for (size_t i = 0; i < end; ++i) {
    const Token& token = title.tokens[i];
    if (token.has_digit || Dates().Contain(token.hash)) continue;
    words.hash = CombineHashes(words.hash, token.hash);
    words.half_words += WrittenWithoutSpaces(token.script) ? 1 : 2;
  }
  return words;
}

}  // namespace

Edition EditionOf(const Article& article, Analyzer& analyzer) {
  if (article.source.empty()) return {};
  const Title title = {article.title, analyzer.Analyze(article.title).tokens};
  const auto date = FirstDate(title);
  if (!date || !IsOwnDate(title, *date)) return {};
  Words words = ReadWords(title, date->first_token);
  if (words.half_words == 0 && IsPartedFromRest(title, *date)) {
    words = ReadWords(title, title.size());
  }
  if (words.half_words < 2 * kLeastWords) return {};
  const uint64_t of_words = CombineHashes(words.hash, date->is_ambiguous);
  return {CombineHashes(HashBytes(article.source), of_words), date->day};
}

bool AreOtherEditions(const Edition& a, const Edition& b) {
  return a.series != 0 && a.series == b.series && a.day != b.day;
}

std::vector<Edition> EditionsOf(std::span<const Article> articles,
                                std::span<const ArticleId> ids) {
  std::vector<Edition> editions(ids.size());
  ParallelForWithScratch<Analyzer>(
      ids.size(), [&](size_t i, Analyzer& analyzer) {
        editions[i] = EditionOf(articles[ids[i]], analyzer);
      });
  return editions;
}

Editions::Editions(std::span<const Edition> of_nodes) {
  std::vector<OfNode> all;
  for (uint32_t node = 0; node < of_nodes.size(); ++node) {
    if (of_nodes[node].series != 0) all.push_back({node, of_nodes[node]});
  }
  std::ranges::sort(all, {}, [](const OfNode& n) {
    return std::pair(n.edition.series, n.edition.day);
  });
  for (size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() &&
           all[end].edition.series == all[begin].edition.series) {
      ++end;
    }
    if (all[begin].edition.day == all[end - 1].edition.day) continue;
    of_node_.insert(of_node_.end(), all.begin() + static_cast<ptrdiff_t>(begin),
                    all.begin() + static_cast<ptrdiff_t>(end));
  }
  std::ranges::sort(of_node_, {}, &OfNode::node);
}

Edition Editions::Of(uint32_t node) const {
  const auto at = std::ranges::lower_bound(of_node_, node, {}, &OfNode::node);
  return at == of_node_.end() || at->node != node ? Edition{} : at->edition;
}

bool Editions::AreOther(uint32_t a, uint32_t b) const {
  const Edition edition = Of(a);
  return edition.series != 0 && AreOtherEditions(edition, Of(b));
}

void DropOtherEditions(const Editions& editions,
                       std::vector<WeightedEdge>& pairs) {
  if (editions.empty()) return;
  std::erase_if(pairs, [&](const WeightedEdge& pair) {
    return editions.AreOther(pair.a, pair.b);
  });
}

}  // namespace storyfold
