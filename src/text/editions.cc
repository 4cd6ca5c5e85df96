// Two days of one column, the horoscope or the weather, share the words that
// tell an event, and most of what either has in common with any text. So in a
// feed of some days such a column would be one story that grows every morning,
// and each day a copy of the first. The title says otherwise: one outlet, the
// same words, and another day.
//
//   Weather in Tula 3 May: warmer, up to +22      series: "weather in tula"
//   Weather in Tula 2 May: rain, up to +18        days: 3 may, 2 may
//
// Two days of one series are not compared for stories, as articles are not that
// lie further apart than the window (whether they meet is left to what stands
// between them), and are copies only where they are nearly equal.
//
// A date is a number up to 31 beside the name of a month or day ("3 May", "May
// 3rd", "Sunday 3"), a number before the sign for day, or three numbers in one
// with a year ("03.05.2020"). The series is told by the source and the words
// before the first date, two at least; what follows tells what is new today.
// Numbers and names of days in them do not count. So "Lockdown extended to May
// 17" and "Lockdown starts on May 4" are of no series, and two outlets have
// none in common. A date at the head of a title is that of the report, and a
// report that comes again is the same report ("June 18 2007 Senators call for
// action"); but where a colon or a dash parts it from all other words, these
// are the series ("May 3: Your daily horoscope").
//
// On a web news stream of two days 23 pairs of 8,082 articles are told apart
// so, of which 17 were in one story, four of them as copies; by their titles
// all are editions (the labels, another program's clusters, have three as one).
// Of 72,632 press releases 15 clusters of copies are parted: weekly addresses,
// schedules, statements on one bill months apart. No pair of the labelled sets
// of full texts is touched, and no copy of 22,134 wire texts. Dates in texts
// mislead, and so do those in titles where the other words differ: of joined
// pairs with two days in their titles a third is one event.
//
// Cost: the titles are analysed twice more, .4 % of a run.
//
// Tested by: tests/text/editions_test.cc

#include "text/editions.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/threads.h"
#include "text/date_words.h"
#include "text/unicode.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

constexpr uint32_t kMostDay = 31;
constexpr size_t kLeastWords = 2;
constexpr size_t kYearDigits = 4;

struct Title {
  std::string_view text;
  std::span<const Token> tokens;

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
  uint64_t day = 0;
};

bool IsSignOfDay(std::string_view word) {
  return word == "日" || word == "号" || word == "號" || word == "일";
}

bool IsDateWord(const Title& title, size_t i) {
  return Dates().Contain(title.tokens[i].hash) ||
         IsSignOfDay(title.Spelling(i));
}

// Returns the day of a month that a word is: 3 for "3", "03" and "3rd".
std::optional<uint32_t> DayNumber(std::string_view word) {
  uint32_t number = 0;
  size_t digits = 0;
  while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9') {
    number = 10 * number + static_cast<uint32_t>(word[digits] - '0');
    if (++digits > 2) return std::nullopt;
  }
  const std::string_view ending = word.substr(digits);
  const bool is_ordinal =
      ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
  if (!ending.empty() && !is_ordinal) return std::nullopt;
  if (number == 0 || number > kMostDay) return std::nullopt;
  return number;
}

// Returns whether the three tokens from `i` on are a date like 03.05.2020 or
// 2020-05-03.
bool IsDateOfNumbers(const Title& title, size_t i) {
  if (i + 3 > title.tokens.size()) return false;
  bool has_year = false;
  for (size_t k = i; k < i + 3; ++k) {
    const size_t length = title.tokens[k].length;
    if (!title.tokens[k].all_digits || length > kYearDigits) return false;
    has_year |= length == kYearDigits;
  }
  const std::string_view joint = title.Between(i);
  return has_year && joint == title.Between(i + 1) &&
         (joint == "." || joint == "/" || joint == "-");
}

std::optional<NamedDate> FirstDate(const Title& title) {
  for (size_t i = 0; i < title.tokens.size(); ++i) {
    if (!title.tokens[i].has_digit) continue;
    if (IsDateOfNumbers(title, i)) {
      uint64_t day = title.tokens[i].hash;
      day = CombineHashes(day, title.tokens[i + 1].hash);
      return NamedDate{i, i + 2, CombineHashes(day, title.tokens[i + 2].hash)};
    }
    const auto number = DayNumber(title.Spelling(i));
    if (!number) continue;
    // "Sunday, 3 May" is a day of May.
    if (i + 1 < title.tokens.size() && IsDateWord(title, i + 1)) {
      return NamedDate{i, i + 1,
                       CombineHashes(title.tokens[i + 1].hash, *number)};
    }
    if (i > 0 && IsDateWord(title, i - 1)) {
      return NamedDate{i - 1, i,
                       CombineHashes(title.tokens[i - 1].hash, *number)};
    }
  }
  return std::nullopt;
}

bool IsYear(const Token& token) {
  return token.all_digits && token.length == kYearDigits;
}

// Returns whether a colon or a dash parts the date from what follows.
bool IsPartedFromRest(const Title& title, const NamedDate& date) {
  size_t last = date.last_token;
  if (last + 1 < title.tokens.size() && IsYear(title.tokens[last + 1])) ++last;
  if (last + 1 >= title.tokens.size()) return false;
  const std::string_view between = title.Between(last);
  return between.find(':') != std::string_view::npos || between == " - " ||
         between == " – " || between == " — ";
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
    if (token.has_digit || IsDateWord(title, i)) continue;
    words.hash = CombineHashes(words.hash, token.hash);
    words.half_words += WrittenWithoutSpaces(token.script) ? 1 : 2;
  }
  return words;
}

}  // namespace

Edition EditionOf(const Article& article, Analyzer& analyzer) {
  const Title title = {article.title, analyzer.Analyze(article.title).tokens};
  const auto date = FirstDate(title);
  if (!date) return {};
  Words words = ReadWords(title, date->first_token);
  if (words.half_words == 0 && IsPartedFromRest(title, *date)) {
    words = ReadWords(title, title.tokens.size());
  }
  if (words.half_words < 2 * kLeastWords) return {};
  return {CombineHashes(HashBytes(article.source), words.hash), date->day};
}

bool AreOtherEditions(const Edition& a, const Edition& b) {
  return a.series != 0 && a.series == b.series && a.day != b.day;
}

Editions::Editions(std::span<const Article> articles,
                   std::span<const ArticleId> nodes) {
  struct Part {
    Analyzer analyzer;
    std::vector<OfNode> found;
  };
  const auto parts =
      ParallelPartialResults<Part>(nodes.size(), [&](size_t node, Part& part) {
        const Edition edition = EditionOf(articles[nodes[node]], part.analyzer);
        if (edition.series == 0) return;
        part.found.push_back({static_cast<uint32_t>(node), edition});
      });
  std::vector<OfNode> all;
  for (const Part& part : parts) {
    all.insert(all.end(), part.found.begin(), part.found.end());
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
