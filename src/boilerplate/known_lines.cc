// Tested by: tests/boilerplate/known_lines_test.cc

#include "boilerplate/known_lines.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace storyfold {
namespace {

// Returns lines among which the first that is not below `key` stands, or right
// behind them. Keys are hashes, spread evenly, so a key stands about
// where its share of all of them says, and from the key that stands there the
// next guess is nearer (interpolation search; Perl, Itai and Avni 1978). A
// search of all places would look at ten far apart. REQUIRES: there are lines
template <typename Line>
std::span<const Line> LinesNear(std::span<const Line> lines, uint64_t key) {
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
  return lines.subspan(static_cast<size_t>(first),
                       static_cast<size_t>(last - first));
}

// Returns the line of that key, nullptr where there is none.
template <typename Line>
const Line* FindLine(std::span<const Line> lines, uint64_t key) {
  if (lines.empty()) return nullptr;
  const std::span<const Line> near = LinesNear(lines, key);
  const auto at = std::ranges::lower_bound(near, key, {}, &Line::key);
  const Line* const found = near.data() + (at - near.begin());
  const bool is_there =
      found != lines.data() + lines.size() && found->key == key;
  return is_there ? found : nullptr;
}

}  // namespace

KnownLines::KnownLines(std::span<const KnownLine> lines) {
  for (const KnownLine& line : lines) Append(line);
}

bool KnownLines::IsOfOneText(const KnownLine& line) {
  const bool waits = line.waiting[0].sign_and_line != 0;
  return line.num_texts == 1 && line.num_waiting == uint8_t{waits};
}

KnownLine KnownLines::ToKnownLine(const LineOfOneText& line) {
  KnownLine known;
  known.key = line.key;
  known.texts[0] = line.text;
  known.num_texts = 1;
  known.waiting[0] = line.waiting;
  known.num_waiting = line.waiting.sign_and_line != 0;
  known.first_day = line.first_day;
  known.last_day = line.last_day;
  return known;
}

void KnownLines::Append(const KnownLine& line) {
  if (IsOfOneText(line)) {
    of_one_text_.push_back({line.key, line.texts[0], line.waiting[0],
                            line.first_day, line.last_day});
  } else {
    others_.push_back(line);
  }
}

// Moves the others that are of one text now to their place among those.
void KnownLines::MoveToOneText() {
  std::vector<KnownLine> moved;
  std::ranges::copy_if(others_, std::back_inserter(moved), IsOfOneText);
  if (moved.empty()) return;
  std::erase_if(others_, IsOfOneText);
  const auto num_before = static_cast<ptrdiff_t>(of_one_text_.size());
  for (const KnownLine& line : moved) Append(line);
  std::ranges::inplace_merge(of_one_text_, of_one_text_.begin() + num_before,
                             {}, &LineOfOneText::key);
}

// The others are few, so to look there first costs little.
std::optional<KnownLine> KnownLines::Find(uint64_t key) const {
  if (!filter_.MayHave(key)) return std::nullopt;
  if (const auto* line = FindLine<KnownLine>(others_, key)) return *line;
  if (const auto* line = FindLine<LineOfOneText>(of_one_text_, key)) {
    return ToKnownLine(*line);
  }
  return std::nullopt;
}

}  // namespace storyfold
