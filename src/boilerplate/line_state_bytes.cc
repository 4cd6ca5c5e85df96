// A state of lines as bytes: a mark of the format, the number of sources, and
// of each source its hash, the number of its lines, and the lines as they stand
// in memory. What is read may be anything: each rule that Encode keeps is
// looked at.
//
// Tested by: tests/boilerplate/line_state_bytes_test.cc

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/threads.h"
#include "boilerplate/line_state.h"

namespace storyfold {
namespace {

constexpr uint64_t kFormat = 0x3130656e696c6673;  // "sfline01"
constexpr size_t kHead = 2 * sizeof(uint64_t);    // of the file, of a source

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

}  // namespace

LineState::Bytes LineState::Encode() const {
  Bytes bytes;
  bytes.heads.reserve(2 * (1 + sources_.size()));  // so that they stay in place
  const auto add_head = [&](uint64_t first, uint64_t second) {
    const uint64_t* const head = bytes.heads.data() + bytes.heads.size();
    bytes.heads.insert(bytes.heads.end(), {first, second});
    bytes.pieces.emplace_back(reinterpret_cast<const char*>(head), kHead);
  };
  add_head(kFormat, sources_.size());
  for (const auto& [source, lines] : sources_) {
    add_head(source, lines.size());
    bytes.pieces.emplace_back(reinterpret_cast<const char*>(lines.data()),
                              lines.size() * sizeof(KnownLine));
  }
  return bytes;
}

bool LineState::IsSound(const KnownLine& line) {
  return line.num_texts > 0 && AscendsThenEmpty(line.texts, line.num_texts) &&
         AscendsThenEmpty(line.waiting, line.num_waiting) &&
         line.first_day <= line.last_day && line.unused == 0;
}

// Appends the lines of a source. Returns the place, from 1, of the first that
// is not sound, or not above the one before it; 0 where there is none.
size_t LineState::AppendLines(std::string_view bytes, KnownLines& lines) {
  lines.reserve(bytes.size() / sizeof(KnownLine));
  while (!bytes.empty()) {
    const auto line = TakeValue<KnownLine>(bytes);
    const bool ascends = lines.empty() || lines.back().key < line.key;
    if (!ascends || !IsSound(line)) return lines.size() + 1;
    lines.push_back(line);
  }
  return 0;
}

absl::StatusOr<LineState> LineState::Decode(std::string_view bytes) {
  if (bytes.size() < kHead || TakeValue<uint64_t>(bytes) != kFormat) {
    return Broken("not one, or of another version");
  }
  struct OfSource {
    std::string_view bytes;
    KnownLines& lines;
    size_t first_unsound = 0;
  };
  std::vector<OfSource> sources;
  LineState state;
  for (auto left = TakeValue<uint64_t>(bytes); left > 0; --left) {
    if (bytes.size() < kHead) return Broken("cut short");
    const auto source = TakeValue<uint64_t>(bytes);
    const auto size = TakeValue<uint64_t>(bytes);
    if (source == 0 ||
        (!state.sources_.empty() && source <= state.sources_.rbegin()->first)) {
      return Broken("its sources are out of order");
    }
    if (size == 0 || size > bytes.size() / sizeof(KnownLine)) {
      return Broken("cut short");
    }
    const size_t taken = size * sizeof(KnownLine);
    sources.push_back({bytes.substr(0, taken), state.sources_[source]});
    bytes.remove_prefix(taken);
  }
  if (!bytes.empty()) return Broken("bytes after its end");
  ParallelFor(sources.size(), [&](size_t s) {
    auto& [of_source, lines, first_unsound] = sources[s];
    first_unsound = AppendLines(of_source, lines);
  });
  for (const OfSource& source : sources) {
    if (source.first_unsound == 0) continue;
    return Broken(absl::StrCat("line ", source.first_unsound,
                               " of a source is not sound"));
  }
  return state;
}

}  // namespace storyfold
