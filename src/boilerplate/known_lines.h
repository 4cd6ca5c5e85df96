#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "boilerplate/key_filter.h"

namespace storyfold {

// Texts of a line that are told apart.
inline constexpr uint32_t kMostTextsOfLine = 4;

// A line of a page that waits for more texts. Those with a sign stand last:
// they are the first to leave, and so never take the place of one that would
// have stayed, in whatever order they came.
struct WaitingLine {
  static constexpr uint32_t kSign = uint32_t{1} << 31;

  uint32_t sign_and_line = 0;  // the sign, so that two texts suffice, on top
  uint32_t page = 0;

  bool HasSign() const { return (sign_and_line & kSign) != 0; }
  uint32_t Line() const { return sign_and_line & ~kSign; }

  friend auto operator<=>(const WaitingLine&, const WaitingLine&) = default;
};

// What a state knows of a line of a source. 48 bytes, as they are stored.
struct KnownLine {
  uint64_t key = 0;
  std::array<uint32_t, kMostTextsOfLine> texts = {};  // the least, ascending
  std::array<WaitingLine, 2> waiting = {};            // ascending
  uint16_t first_day = 0;
  uint16_t last_day = 0;
  uint8_t num_texts = 0;
  uint8_t num_waiting = 0;
  uint16_t unused = 0;

  friend bool operator==(const KnownLine&, const KnownLine&) = default;
};
static_assert(sizeof(KnownLine) == 48);

// The same of a line that one text carried and at most one page waits with, as
// nearly all do. 24 bytes, as they are stored.
struct LineOfOneText {
  uint64_t key = 0;
  uint32_t text = 0;
  WaitingLine waiting;  // all zero where none waits
  uint16_t first_day = 0;
  uint16_t last_day = 0;

  friend bool operator==(const LineOfOneText&, const LineOfOneText&) = default;
};
static_assert(sizeof(LineOfOneText) == 24);

// The lines of a source by key, each once. A value.
class KnownLines {
 public:
  KnownLines() = default;

  // REQUIRES: the keys ascend
  explicit KnownLines(std::span<const KnownLine> lines);

  // Takes them as they are stored. REQUIRES: the keys of both ascend, and none
  // of the others could be of the former kind
  KnownLines(std::vector<LineOfOneText> of_one_text,
             std::vector<KnownLine> others)
      : of_one_text_(std::move(of_one_text)), others_(std::move(others)) {}

  // Returns whether a line is one of one text.
  static bool IsOfOneText(const KnownLine& line);

  // O(log log size) expected: keys are hashes. Most that are not there cost one
  // look where the lines are from WithChanged.
  std::optional<KnownLine> Find(uint64_t key) const;

  // Calls visit(line) for those with keys up to `last`, in no fixed order.
  template <typename Visit>
  void ForEachUpTo(uint64_t last, const Visit& visit) const {
    for (const LineOfOneText& line : of_one_text_) {
      if (line.key > last) break;
      visit(ToKnownLine(line));
    }
    for (const KnownLine& line : others_) {
      if (line.key > last) break;
      visit(line);
    }
  }

  // Calls visit(line) for all, a line of either kind, in no fixed order.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    std::ranges::for_each(of_one_text_, visit);
    std::ranges::for_each(others_, visit);
  }

  // Calls edit(line) for all, a line of either kind, in no fixed order; not to
  // change a key.
  template <typename Edit>
  void EditEach(const Edit& edit) {
    std::ranges::for_each(of_one_text_, edit);
    std::ranges::for_each(others_, edit);
    MoveToOneText();
  }

  // Removes the lines, of either kind, for which remove(line) is true. Each is
  // asked once.
  template <typename Remove>
  void EraseIf(const Remove& remove) {
    std::erase_if(of_one_text_, remove);
    std::erase_if(others_, remove);
  }

  // The same of those with keys up to `last`, without a look at the others.
  template <typename Remove>
  void EraseUpTo(uint64_t last, const Remove& remove) {
    const auto erase = [&](auto& lines) {
      const auto end = std::ranges::find_if(
          lines, [&](const auto& line) { return line.key > last; });
      lines.erase(std::remove_if(lines.begin(), end, remove), end);
    };
    erase(of_one_text_);
    erase(others_);
  }

  // Returns the lines after change(k, line) was called for each keys[k]; a line
  // that was not known has its key and nothing else before. O(size and keys).
  // REQUIRES: the keys ascend, and each changed line has a text
  template <typename Change>
  KnownLines WithChanged(std::span<const uint64_t> keys,
                         const Change& change) const;

  size_t size() const { return of_one_text_.size() + others_.size(); }
  bool empty() const { return size() == 0; }

  // As they are stored.
  std::span<const LineOfOneText> of_one_text() const { return of_one_text_; }
  std::span<const KnownLine> others() const { return others_; }

  // Whether the lines are the same, however they are found.
  friend bool operator==(const KnownLines& a, const KnownLines& b) {
    return a.of_one_text_ == b.of_one_text_ && a.others_ == b.others_;
  }

 private:
  static KnownLine ToKnownLine(const LineOfOneText& line);
  void Append(const KnownLine& line);
  void MoveToOneText();

  // Both by key, ascending. The others are those that are not of one text.
  std::vector<LineOfOneText> of_one_text_;
  std::vector<KnownLine> others_;
  KeyFilter filter_;  // of their keys, and such as were removed
};

// Returns how many texts are told apart.
inline uint32_t NumTexts(const LineOfOneText&) { return 1; }
inline uint32_t NumTexts(const KnownLine& line) { return line.num_texts; }

template <typename Change>
KnownLines KnownLines::WithChanged(std::span<const uint64_t> keys,
                                   const Change& change) const {
  // Copies the lines below a key; returns the first that is not.
  const auto copy_below = [](auto from, auto end, uint64_t key, auto& to) {
    const auto last =
        std::find_if(from, end, [&](const auto& l) { return l.key >= key; });
    to.insert(to.end(), from, last);
    return last;
  };
  KnownLines changed;
  changed.of_one_text_.reserve(of_one_text_.size() + keys.size());
  auto one = of_one_text_.begin();
  auto other = others_.begin();
  for (size_t k = 0; k < keys.size(); ++k) {
    one = copy_below(one, of_one_text_.end(), keys[k], changed.of_one_text_);
    other = copy_below(other, others_.end(), keys[k], changed.others_);
    KnownLine line;
    line.key = keys[k];
    if (one != of_one_text_.end() && one->key == line.key) {
      line = ToKnownLine(*one++);
    } else if (other != others_.end() && other->key == line.key) {
      line = *other++;
    }
    change(k, line);
    changed.Append(line);
  }
  changed.of_one_text_.insert(changed.of_one_text_.end(), one,
                              of_one_text_.end());
  changed.others_.insert(changed.others_.end(), other, others_.end());
  changed.filter_ = KeyFilter(changed.size());
  changed.ForEach([&](const auto& line) { changed.filter_.Add(line.key); });
  return changed;
}

}  // namespace storyfold
