// A state of lines as bytes: a mark of the format, the number of sources, and
// of each source its hash, the number of its lines of one text, that of the
// others, and both kinds as they stand in memory. An older storyfold wrote all
// lines of a source as one list of what are now the others. What is read may be
// anything: each rule that Encode keeps is looked at.
//
// Tested by: tests/boilerplate/line_state_bytes_test.cc

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <utility>

#include "base/threads.h"
#include "boilerplate/line_state.h"

namespace storyfold {
namespace {

constexpr uint64_t kFormat = 0x3230656e696c6673;           // "sfline02"
constexpr uint64_t kFormatOfOneList = 0x3130656e696c6673;  // "sfline01"
constexpr size_t kHead = 2 * sizeof(uint64_t);
constexpr size_t kHeadOfSource = 3 * sizeof(uint64_t);

static_assert(std::endian::native == std::endian::little,
              "the state is stored as it stands in memory");

// Takes a value from the front of `bytes`. REQUIRES: there are enough
template <typename T>
T TakeValue(std::string_view& bytes) {
  T value;
  std::memcpy(static_cast<void*>(&value), bytes.data(), sizeof(value));
  bytes.remove_prefix(sizeof(value));
  return value;
}

absl::Status Broken(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("state of lines: ", what));
}

template <typename T>
std::string_view BytesOf(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

// Returns whether the first `size` values ascend and the others are zero.
template <typename Array>
bool AscendsThenEmpty(const Array& array, size_t size) {
  if (size > array.size()) return false;
  for (size_t i = 1; i < size; ++i) {
    if (!(array[i - 1] < array[i])) return false;
  }
  return std::all_of(
      array.begin() + static_cast<ptrdiff_t>(size), array.end(),
      [](const auto& value) { return value == typename Array::value_type(); });
}

bool IsSound(const KnownLine& line) {
  return line.num_texts > 0 && AscendsThenEmpty(line.texts, line.num_texts) &&
         AscendsThenEmpty(line.waiting, line.num_waiting) &&
         line.first_day <= line.last_day && line.unused == 0;
}

bool IsSound(const LineOfOneText& line) {
  const bool waits = line.waiting.sign_and_line != 0;
  return (waits || line.waiting.page == 0) && line.first_day <= line.last_day;
}

// Reads lines. Returns the place, from 1, of the first that is not sound, or
// not above the one before it; 0 where there is none.
template <typename Line>
size_t ReadLines(std::string_view bytes, std::vector<Line>& lines) {
  lines.reserve(bytes.size() / sizeof(Line));
  while (!bytes.empty()) {
    const auto line = TakeValue<Line>(bytes);
    const bool ascends = lines.empty() || lines.back().key < line.key;
    if (!ascends || !IsSound(line)) return lines.size() + 1;
    lines.push_back(line);
  }
  return 0;
}

// The lines of a source as they are stored.
struct StoredLines {
  uint64_t source = 0;
  bool is_one_list = false;
  std::string_view of_one_text;
  std::string_view others;
};

// Takes `count` lines. Returns false where there are not so many.
template <typename Line>
bool TakeLines(uint64_t count, std::string_view& bytes,
               std::string_view& lines) {
  if (count > bytes.size() / sizeof(Line)) return false;
  lines = bytes.substr(0, count * sizeof(Line));
  bytes.remove_prefix(lines.size());
  return true;
}

// Takes a source with its lines; none where it is cut short or has no lines.
std::optional<StoredLines> TakeSource(bool is_one_list,
                                      std::string_view& bytes) {
  if (bytes.size() < (is_one_list ? kHead : kHeadOfSource)) return std::nullopt;
  StoredLines stored;
  stored.source = TakeValue<uint64_t>(bytes);
  stored.is_one_list = is_one_list;
  const auto num_of_one_text =
      is_one_list ? uint64_t{0} : TakeValue<uint64_t>(bytes);
  const auto num_others = TakeValue<uint64_t>(bytes);
  const bool is_whole =
      TakeLines<LineOfOneText>(num_of_one_text, bytes, stored.of_one_text) &&
      TakeLines<KnownLine>(num_others, bytes, stored.others) &&
      (num_of_one_text > 0 || num_others > 0);
  return is_whole ? std::optional(stored) : std::nullopt;
}

// Reads the lines of a source. Errors: those that Encode does not write.
absl::StatusOr<KnownLines> ReadSource(const StoredLines& stored) {
  std::vector<LineOfOneText> of_one_text;
  std::vector<KnownLine> others;
  for (const size_t unsound : {ReadLines(stored.of_one_text, of_one_text),
                               ReadLines(stored.others, others)}) {
    if (unsound == 0) continue;
    return Broken(absl::StrCat("line ", unsound,
                               " of a source is not sound, or out of order"));
  }
  if (stored.is_one_list) return KnownLines(others);
  const auto is_misplaced = [&](const KnownLine& line) {
    return KnownLines::IsOfOneText(line) ||
           std::ranges::binary_search(of_one_text, line.key, {},
                                      &LineOfOneText::key);
  };
  if (std::ranges::any_of(others, is_misplaced)) {
    return Broken("a line of a source stands in the wrong list, or twice");
  }
  return KnownLines(std::move(of_one_text), std::move(others));
}

}  // namespace

LineState::Bytes LineState::Encode() const {
  Bytes bytes;
  // So that they stay in place.
  bytes.heads.reserve((kHead + kHeadOfSource * sources_.size()) /
                      sizeof(uint64_t));
  const auto add_head = [&](std::initializer_list<uint64_t> head) {
    const uint64_t* const begin = bytes.heads.data() + bytes.heads.size();
    bytes.heads.insert(bytes.heads.end(), head);
    bytes.pieces.push_back(BytesOf(std::span(begin, head.size())));
  };
  add_head({kFormat, sources_.size()});
  for (const auto& [source, lines] : sources_) {
    add_head({source, lines.of_one_text().size(), lines.others().size()});
    bytes.pieces.push_back(BytesOf(lines.of_one_text()));
    bytes.pieces.push_back(BytesOf(lines.others()));
  }
  return bytes;
}

absl::StatusOr<LineState> LineState::Decode(std::string_view bytes) {
  const absl::Status cut_short = Broken("cut short");
  if (bytes.size() < kHead) return cut_short;
  const auto format = TakeValue<uint64_t>(bytes);
  if (format != kFormat && format != kFormatOfOneList) {
    return Broken("not one, or of another version");
  }
  std::vector<StoredLines> sources;
  for (auto left = TakeValue<uint64_t>(bytes); left > 0; --left) {
    const auto stored = TakeSource(format == kFormatOfOneList, bytes);
    if (!stored) return cut_short;
    const uint64_t before = sources.empty() ? 0 : sources.back().source;
    if (stored->source <= before) return Broken("its sources are out of order");
    sources.push_back(*stored);
  }
  if (!bytes.empty()) return Broken("bytes after its end");
  std::vector<absl::StatusOr<KnownLines>> lines(sources.size());
  ParallelFor(sources.size(),
              [&](size_t s) { lines[s] = ReadSource(sources[s]); });
  LineState state;
  for (size_t s = 0; s < sources.size(); ++s) {
    if (!lines[s].ok()) return lines[s].status();
    state.sources_.emplace_hint(state.sources_.end(), sources[s].source,
                                *std::move(lines[s]));
  }
  return state;
}

}  // namespace storyfold
