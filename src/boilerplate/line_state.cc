// A source prints a line under text after text, night after night. What must be
// known of a line is whether at least so many distinct texts carried it; so the
// state keeps the hashes of up to four of them, the least ones. The least
// hashes of a union are the least of the least of its parts (a bottom-k
// sketch: Cohen & Kaplan 2007): nights may come in any order, or twice, and the
// set is the same. A key with four of them has been printed under four texts or
// more.
//
// How many texts carry a line, or a source has, can be told roughly from where
// the greatest of the four stands. The texts of a source are kept as if a line
// stood in all of them, once for ever and once for each week: a line is
// compared with the texts of the weeks since it first stood, and of the one
// before. Were it compared with all that there ever were, what a site prints
// since it looks different would be rare for months; so a week is kept for as
// long as a line of it is.
//
// Lines of a source are sorted by key (known_lines.h); a batch is sorted the
// same way and merged in. Titles are kept as if they were lines, under a key of
// their own kind, so that the teaser of an old article is known as one.
//
// Tested by: tests/boilerplate/line_state_test.cc,
// tests/boilerplate/line_state_bytes_test.cc

#include "boilerplate/line_state.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr uint32_t kShareOfDaysForOneText = 10;

// Returns the end of the run of sightings from `begin` on that agree in a
// member.
template <typename Member>
size_t EndOfRun(std::span<const Sighting> sightings, size_t begin,
                Member Sighting::*member) {
  size_t end = begin + 1;
  while (end < sightings.size() &&
         sightings[end].*member == sightings[begin].*member) {
    ++end;
  }
  return end;
}

// Adds a value to an ascending array of `size`, unless it is there; the
// greatest falls out where there is no room.
template <typename Array, typename Value>
void InsertLeast(Array& array, uint8_t& size, const Value& value) {
  auto* const end = array.data() + size;
  auto* const at = std::lower_bound(array.data(), end, value);
  if (at != end && *at == value) return;
  if (at == array.data() + array.size()) return;
  const bool full = size == array.size();
  std::move_backward(at, end - full, end - full + 1);
  *at = value;
  size += !full;
}

// One key of a batch, merged into what is known of it.
class Merge {
 public:
  Merge(uint32_t day, const BoilerplateOptions& options,
        std::vector<LateLine>& late)
      : day_(static_cast<uint16_t>(day)), options_(options), late_(late) {}

  void Add(std::span<const Sighting> sightings, KnownLine& line) {
    const bool is_new = line.num_texts == 0;
    for (const Sighting& s : sightings) {
      InsertLeast(line.texts, line.num_texts, s.text);
    }
    line.first_day = is_new ? day_ : std::min(line.first_day, day_);
    line.last_day = std::max(line.last_day, day_);
    FlagWaiting(line);
    for (size_t k = 0; k < sightings.size(); ++k) {
      const Sighting& s = sightings[k];
      // The first line of each page; sightings of a text are by page.
      const bool same_page = k > 0 && s.page == sightings[k - 1].page;
      if (s.waits && !same_page && !IsEnough(line, s.has_sign)) {
        InsertLeast(line.waiting, line.num_waiting,
                    WaitingLine{(s.has_sign ? WaitingLine::kSign : 0) | s.line,
                                s.page});
      }
    }
  }

 private:
  bool IsEnough(const KnownLine& line, bool has_sign) const {
    return line.num_texts >=
           (has_sign ? options_.min_texts_with_sign : options_.min_texts);
  }

  // Tells the lines that need not wait longer.
  void FlagWaiting(KnownLine& line) {
    const auto waiting = line.waiting;
    const size_t num_waiting = line.num_waiting;
    line.waiting = {};
    line.num_waiting = 0;
    for (size_t w = 0; w < num_waiting; ++w) {
      if (IsEnough(line, waiting[w].HasSign())) {
        late_.push_back({waiting[w].page, waiting[w].Line()});
      } else {
        line.waiting[line.num_waiting++] = waiting[w];
      }
    }
  }

  uint16_t day_;
  const BoilerplateOptions& options_;
  std::vector<LateLine>& late_;
};

// Returns the lines of a source with those of a batch among them.
KnownLines WithSightings(const KnownLines& known,
                         std::span<const Sighting> sightings, Merge merge) {
  std::vector<uint64_t> keys;
  std::vector<std::span<const Sighting>> of_key;
  for (size_t first = 0; first < sightings.size();) {
    const size_t last = EndOfRun(sightings, first, &Sighting::key);
    keys.push_back(sightings[first].key);
    of_key.push_back(sightings.subspan(first, last - first));
    first = last;
  }
  return known.WithChanged(
      keys, [&](size_t k, KnownLine& line) { merge.Add(of_key[k], line); });
}

// Gives the texts of a line their new names.
class Renaming {
 public:
  explicit Renaming(std::span<const LineState::NewName> names) {
    for (const auto& [from, to] : names) {
      renamed_.emplace(ShortName(from), ShortName(to));
    }
  }

  void operator()(LineOfOneText& line) const { line.text = NameNow(line.text); }
  void operator()(KnownLine& line) const {
    const auto texts = line.texts;
    const size_t num_texts = line.num_texts;
    line.texts = {};
    line.num_texts = 0;
    for (size_t t = 0; t < num_texts; ++t) {
      InsertLeast(line.texts, line.num_texts, NameNow(texts[t]));
    }
  }

 private:
  uint32_t NameNow(uint32_t text) const {
    const auto name = renamed_.find(text);
    return name == renamed_.end() ? text : name->second;
  }

  absl::flat_hash_map<uint32_t, uint32_t> renamed_;
};

// Lets no line wait with these pages.
class PageForgetting {
 public:
  explicit PageForgetting(std::span<const uint32_t> pages) : pages_(pages) {}

  void operator()(LineOfOneText& line) const {
    if (IsForgotten(line.waiting)) line.waiting = {};
  }
  void operator()(KnownLine& line) const {
    const auto begin = line.waiting.begin();
    const auto end = begin + line.num_waiting;
    const auto kept = std::remove_if(
        begin, end, [&](const WaitingLine& w) { return IsForgotten(w); });
    std::fill(kept, end, WaitingLine());
    line.num_waiting = static_cast<uint8_t>(kept - begin);
  }

 private:
  bool IsForgotten(const WaitingLine& waiting) const {
    return std::ranges::binary_search(pages_, waiting.page);
  }

  std::span<const uint32_t> pages_;
};

// Forgets lines that were not seen for long, and weeks that none is compared
// with any more. (The count of all texts needs no care: no line is seen after
// it.)
void ForgetOld(uint32_t today, const LineStateOptions& options,
               KnownLines& lines) {
  const auto is_old = [&](const auto& line) {
    const uint32_t days = NumTexts(line) > 1 || IsCount(line.key)
                              ? options.keep_days
                              : options.keep_days / kShareOfDaysForOneText;
    return line.last_day + days < today;
  };
  // Of the lines that stay; one above all weeks where there are none.
  uint64_t first_week = kLastCount + 2;
  lines.EraseIf([&](const auto& line) {
    if (IsCount(line.key)) return false;
    if (is_old(line)) return true;
    first_week = std::min(first_week, KeyOfWeek(line.first_day));
    return false;
  });
  // A line is compared with the week before its first, too.
  lines.EraseUpTo(kLastCount, [&](const auto& line) {
    return line.key + 1 < first_week && is_old(line);
  });
}

// What of a line says whether it stays; the first in this order do.
struct Standing {
  bool is_no_count = false;
  uint32_t texts_less = 0;
  uint32_t days_less = 0;
  uint64_t key = 0;

  friend auto operator<=>(const Standing&, const Standing&) = default;
};

template <typename Line>
Standing StandingOf(const Line& line) {
  return {!IsCount(line.key), ~NumTexts(line), ~uint32_t{line.last_day},
          line.key};
}

// Forgets what matters least of more than `most` lines.
void ForgetSuperfluous(size_t most, KnownLines& lines) {
  if (lines.size() <= most) return;
  std::vector<Standing> standings;
  standings.reserve(lines.size());
  lines.ForEach(
      [&](const auto& line) { standings.push_back(StandingOf(line)); });
  const auto first_gone = standings.begin() + static_cast<ptrdiff_t>(most);
  std::ranges::nth_element(standings, first_gone);
  lines.EraseIf(
      [&](const auto& line) { return StandingOf(line) >= *first_gone; });
}

// The least of n hashes are spread like the least of n places drawn from all:
// the fourth stands where three of n are below it.
double EstimateTexts(const KnownLine& line) {
  if (line.num_texts < kMostTextsOfLine) return line.num_texts;
  constexpr double kAllHashes = 4294967296.0;
  return (kMostTextsOfLine - 1) * kAllHashes /
         (1.0 + line.texts[kMostTextsOfLine - 1]);
}

}  // namespace

std::vector<LateLine> LineState::Add(const LineBatch& batch,
                                     const BoilerplateOptions& options) {
  struct OfSource {
    std::span<const Sighting> sightings;
    KnownLines& known;
    std::vector<LateLine> late;
  };
  const std::vector<Sighting> all = SightingsOf(batch, options);
  std::vector<OfSource> sources;
  for (size_t begin = 0; begin < all.size();) {
    const size_t end = EndOfRun(all, begin, &Sighting::source);
    sources.push_back({std::span(all).subspan(begin, end - begin),
                       sources_[all[begin].source],
                       {}});
    begin = end;
  }
  ParallelFor(sources.size(), [&](size_t s) {
    auto& [sightings, known, late] = sources[s];
    known = WithSightings(known, sightings, Merge(batch.day, options, late));
  });
  std::vector<LateLine> late;
  for (const OfSource& source : sources) {
    late.insert(late.end(), source.late.begin(), source.late.end());
  }
  std::ranges::sort(late);
  late.erase(std::unique(late.begin(), late.end()), late.end());
  return late;
}

// Calls visit(lines) for each source, in parallel.
template <typename Visit>
void LineState::ForEachSource(const Visit& visit) {
  std::vector<KnownLines*> all;
  for (auto& [source, lines] : sources_) all.push_back(&lines);
  ParallelFor(all.size(), [&](size_t s) { visit(*all[s]); });
}

void LineState::RenameTexts(std::span<const NewName> names) {
  if (names.empty()) return;
  ForEachSource([rename = Renaming(names)](KnownLines& lines) {
    lines.EditEach(rename);
  });
}

void LineState::ForgetPages(std::span<const uint32_t> pages) {
  if (pages.empty()) return;
  ForEachSource([forget = PageForgetting(pages)](KnownLines& lines) {
    lines.EditEach(forget);
  });
}

void LineState::Forget(uint32_t today, const LineStateOptions& options) {
  ForEachSource([&](KnownLines& lines) {
    ForgetOld(today, options, lines);
    ForgetSuperfluous(options.max_keys_per_source, lines);
  });
  std::erase_if(sources_,
                [](const auto& source) { return source.second.empty(); });
}

std::optional<KnownLine> LineState::Find(uint64_t source, uint64_t key) const {
  const auto lines = sources_.find(source);
  return lines == sources_.end() ? std::nullopt : lines->second.Find(key);
}

uint32_t LineState::Texts(uint64_t source, uint64_t masked_key) const {
  const auto line = Find(source, masked_key);
  return line ? line->num_texts : 0;
}

std::vector<uint32_t> LineState::OtherTexts(
    uint64_t source, uint64_t masked_key,
    std::span<const uint64_t> texts) const {
  std::vector<uint32_t> others;
  const auto line = Find(source, masked_key);
  if (!line) return others;
  for (uint32_t t = 0; t < line->num_texts; ++t) {
    if (std::ranges::find(texts, line->texts[t], ShortName) == texts.end()) {
      others.push_back(line->texts[t]);
    }
  }
  return others;
}

// Where the first week is older than the count by weeks, all texts there ever
// were.
KnownLine LineState::TextsSince(uint64_t source, uint32_t day) const {
  const auto lines = sources_.find(source);
  if (lines == sources_.end()) return {};
  KnownLine ever;
  KnownLine since;
  bool is_counted = false;
  lines->second.ForEachUpTo(kLastCount, [&](const KnownLine& count) {
    is_counted = is_counted || count.key == KeyOfWeek(day);
    KnownLine& sum = count.key == kKeyOfAllTexts ? ever : since;
    if (&sum == &since && count.key + 1 < KeyOfWeek(day)) return;
    for (size_t t = 0; t < count.num_texts; ++t) {
      InsertLeast(sum.texts, sum.num_texts, count.texts[t]);
    }
  });
  return is_counted ? since : ever;
}

bool LineState::IsOfShare(uint64_t source, uint64_t masked_key,
                          uint32_t one_of_texts) const {
  const auto line = Find(source, masked_key);
  return line.has_value() &&
         one_of_texts * EstimateTexts(*line) >=
             EstimateTexts(TextsSince(source, line->first_day));
}

bool LineState::StandsInAll(uint64_t source, uint64_t masked_key) const {
  const auto line = Find(source, masked_key);
  return line.has_value() && line->num_texts == kMostTexts &&
         line->texts == TextsSince(source, line->first_day).texts;
}

bool LineState::HasOtherTitle(uint64_t source, uint64_t title_key,
                              uint64_t text) const {
  const auto title = Find(source, KeyOfTitle(title_key));
  return title.has_value() &&
         (title->num_texts > 1 || title->texts[0] != ShortName(text));
}

size_t LineState::num_keys() const {
  size_t num = 0;
  for (const auto& [source, lines] : sources_) num += lines.size();
  return num;
}

}  // namespace storyfold
