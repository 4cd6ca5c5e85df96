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
// Lines of a source stand side by side, sorted by key; a batch is sorted the
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

}  // namespace

// One key of a batch, merged into what is known of it.
class LineState::Merge {
 public:
  Merge(uint32_t day, const BoilerplateOptions& options,
        std::vector<LateLine>& late)
      : day_(static_cast<uint16_t>(day)), options_(options), late_(late) {}

  KnownLine NewLine(uint64_t key) const {
    KnownLine line;
    line.key = key;
    line.first_day = day_;
    return line;
  }

  void Add(std::span<const Sighting> sightings, KnownLine& line) {
    for (const Sighting& s : sightings) {
      InsertLeast(line.texts, line.num_texts, s.text);
    }
    line.first_day = std::min(line.first_day, day_);
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
LineState::KnownLines LineState::WithSightings(
    const KnownLines& known, std::span<const Sighting> sightings, Merge merge) {
  KnownLines merged;
  merged.reserve(known.size() + sightings.size());
  auto old = known.begin();
  for (size_t first = 0; first < sightings.size();) {
    const size_t last = EndOfRun(sightings, first, &Sighting::key);
    const uint64_t key = sightings[first].key;
    while (old != known.end() && old->key < key) merged.push_back(*old++);
    if (old != known.end() && old->key == key) {
      merged.push_back(*old++);
    } else {
      merged.push_back(merge.NewLine(key));
    }
    merge.Add(sightings.subspan(first, last - first), merged.back());
    first = last;
  }
  merged.insert(merged.end(), old, known.end());
  return merged;
}

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
  absl::flat_hash_map<uint32_t, uint32_t> renamed;
  for (const NewName& name : names) {
    renamed.emplace(ShortName(name.from), ShortName(name.to));
  }
  if (renamed.empty()) return;
  const auto rename = [&](KnownLine& line) {
    const auto texts = line.texts;
    const size_t num_texts = line.num_texts;
    line.texts = {};
    line.num_texts = 0;
    for (size_t t = 0; t < num_texts; ++t) {
      const auto name = renamed.find(texts[t]);
      InsertLeast(line.texts, line.num_texts,
                  name == renamed.end() ? texts[t] : name->second);
    }
  };
  ForEachSource(
      [&](KnownLines& lines) { std::ranges::for_each(lines, rename); });
}

void LineState::ForgetPages(std::span<const uint32_t> pages) {
  const auto is_forgotten = [&](const WaitingLine& waiting) {
    return std::ranges::binary_search(pages, waiting.page);
  };
  if (pages.empty()) return;
  const auto forget = [&](KnownLine& line) {
    const auto begin = line.waiting.begin();
    const auto end = begin + line.num_waiting;
    const auto kept = std::remove_if(begin, end, is_forgotten);
    std::fill(kept, end, WaitingLine());
    line.num_waiting = static_cast<uint8_t>(kept - begin);
  };
  ForEachSource(
      [&](KnownLines& lines) { std::ranges::for_each(lines, forget); });
}

// Returns the key of the first week that one of the lines is compared with, one
// above all of them where there are no lines. (The count of all texts needs no
// care: no line is seen after it.)
uint64_t LineState::FirstWeekNeeded(const KnownLines& lines) {
  uint64_t first = KeyOfWeek(65'535) + 2;
  for (const KnownLine& line : lines) {
    if (!IsCount(line.key)) first = std::min(first, KeyOfWeek(line.first_day));
  }
  return first - 1;
}

void LineState::Forget(uint32_t today, const LineStateOptions& options) {
  const auto is_old = [&](const KnownLine& line) {
    const uint32_t days = line.num_texts > 1 || IsCount(line.key)
                              ? options.keep_days
                              : options.keep_days / kShareOfDaysForOneText;
    return line.last_day + days < today;
  };
  const auto is_old_line = [&](const KnownLine& line) {
    return !IsCount(line.key) && is_old(line);
  };
  const auto matters_more = [](const KnownLine& a, const KnownLine& b) {
    if (IsCount(a.key) != IsCount(b.key)) return IsCount(a.key);
    if (a.num_texts != b.num_texts) return a.num_texts > b.num_texts;
    if (a.last_day != b.last_day) return a.last_day > b.last_day;
    return a.key < b.key;
  };
  ForEachSource([&](KnownLines& lines) {
    std::erase_if(lines, is_old_line);
    const uint64_t first_week = FirstWeekNeeded(lines);
    std::erase_if(lines, [&](const KnownLine& line) {
      return IsCount(line.key) && line.key < first_week && is_old(line);
    });
    const size_t most = options.max_keys_per_source;
    if (lines.size() <= most) return;
    std::nth_element(lines.begin(),
                     lines.begin() + static_cast<ptrdiff_t>(most), lines.end(),
                     matters_more);
    lines.resize(most);
    std::ranges::sort(lines, {}, &KnownLine::key);
  });
  std::erase_if(sources_,
                [](const auto& source) { return source.second.empty(); });
}

// Keys are hashes, spread evenly, so a key stands about where its share of all
// of them says, and from the key that stands there the next guess is nearer
// (interpolation search; Perl, Itai and Avni 1978). A search of all places
// would look at ten far apart.
std::pair<ptrdiff_t, ptrdiff_t> LineState::PlacesNear(const KnownLines& lines,
                                                      uint64_t key) {
  constexpr int kGuesses = 3;
  const auto size = static_cast<ptrdiff_t>(lines.size());
  const double places_per_key = std::ldexp(static_cast<double>(size), -64);
  ptrdiff_t guess = 0;
  double below = 0;  // the key from which it is counted
  for (int k = 0; k < kGuesses; ++k) {
    const double further = static_cast<double>(key) - below;
    guess += static_cast<ptrdiff_t>(further * places_per_key);
    guess = std::clamp<ptrdiff_t>(guess, 0, size - 1);
    below = static_cast<double>(lines[static_cast<size_t>(guess)].key);
  }
  const auto is_below = [&](ptrdiff_t place) {
    return lines[static_cast<size_t>(place)].key < key;
  };
  ptrdiff_t first = guess;
  ptrdiff_t last = guess;
  for (ptrdiff_t step = 2; first > 0 && !is_below(first); step *= 2) {
    first = std::max<ptrdiff_t>(0, first - step);
  }
  for (ptrdiff_t step = 2; last < size && is_below(last); step *= 2) {
    last = std::min(size, last + step);
  }
  return {first, last};
}

const LineState::KnownLine* LineState::Find(uint64_t source,
                                            uint64_t key) const {
  const auto lines = sources_.find(source);
  if (lines == sources_.end()) return nullptr;
  const KnownLines& known = lines->second;
  const auto [first, last] = PlacesNear(known, key);
  const auto at = std::lower_bound(
      known.begin() + first, known.begin() + last, key,
      [](const KnownLine& line, uint64_t k) { return line.key < k; });
  return at != known.end() && at->key == key ? &*at : nullptr;
}

// The least of n hashes are spread like the least of n places drawn from all:
// the fourth stands where three of n are below it.
double LineState::EstimateTexts(const KnownLine& line) {
  if (line.num_texts < kMostTexts) return line.num_texts;
  constexpr double kAllHashes = 4294967296.0;
  return (kMostTexts - 1) * kAllHashes / (1.0 + line.texts[kMostTexts - 1]);
}

uint32_t LineState::Texts(uint64_t source, uint64_t masked_key) const {
  const KnownLine* line = Find(source, masked_key);
  return line == nullptr ? 0 : line->num_texts;
}

// Where the first week is older than the count by weeks, all texts there ever
// were.
LineState::KnownLine LineState::TextsSince(uint64_t source,
                                           uint32_t day) const {
  const auto lines = sources_.find(source);
  if (lines == sources_.end()) return {};
  KnownLine ever;
  KnownLine since;
  bool is_counted = false;
  for (const KnownLine& count : lines->second) {
    if (!IsCount(count.key)) break;
    is_counted = is_counted || count.key == KeyOfWeek(day);
    KnownLine& sum = count.key == kKeyOfAllTexts ? ever : since;
    if (&sum == &since && count.key + 1 < KeyOfWeek(day)) continue;
    for (size_t t = 0; t < count.num_texts; ++t) {
      InsertLeast(sum.texts, sum.num_texts, count.texts[t]);
    }
  }
  return is_counted ? since : ever;
}

bool LineState::IsOfShare(uint64_t source, uint64_t masked_key,
                          uint32_t one_of_texts) const {
  const KnownLine* line = Find(source, masked_key);
  return line != nullptr &&
         one_of_texts * EstimateTexts(*line) >=
             EstimateTexts(TextsSince(source, line->first_day));
}

bool LineState::StandsInAll(uint64_t source, uint64_t masked_key) const {
  const KnownLine* line = Find(source, masked_key);
  return line != nullptr && line->num_texts == kMostTexts &&
         line->texts == TextsSince(source, line->first_day).texts;
}

bool LineState::HasOtherTitle(uint64_t source, uint64_t title_key,
                              uint64_t text) const {
  const KnownLine* title = Find(source, KeyOfTitle(title_key));
  return title != nullptr &&
         (title->num_texts > 1 || title->texts[0] != ShortName(text));
}

size_t LineState::num_keys() const {
  size_t num = 0;
  for (const auto& [source, lines] : sources_) num += lines.size();
  return num;
}

}  // namespace storyfold
