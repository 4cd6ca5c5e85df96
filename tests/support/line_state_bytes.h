#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/known_lines.h"
#include "boilerplate/line_state.h"

namespace storyfold {

// Returns the bytes of a state as they stand in a file.
inline std::string BytesOf(const LineState& state) {
  std::string bytes;
  const LineState::Bytes encoded = state.Encode();
  for (const std::string_view piece : encoded.pieces) bytes += piece;
  return bytes;
}

// Returns the same bytes as an older storyfold wrote them, with one list of
// lines for each source. REQUIRES: Encode gave them
inline std::string AsOneList(std::string_view bytes) {
  const auto take = [&]<typename T>(T value) {
    std::memcpy(static_cast<void*>(&value), bytes.data(), sizeof(value));
    bytes.remove_prefix(sizeof(value));
    return value;
  };
  std::string out = "sfline01";
  const auto append = [&](const auto& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof(value));
  };
  bytes.remove_prefix(out.size());
  const uint64_t num_sources = take(uint64_t{0});
  append(num_sources);
  for (uint64_t s = 0; s < num_sources; ++s) {
    append(take(uint64_t{0}));
    std::vector<LineOfOneText> of_one_text(take(uint64_t{0}));
    std::vector<KnownLine> others(take(uint64_t{0}));
    for (LineOfOneText& line : of_one_text) line = take(line);
    for (KnownLine& line : others) line = take(line);
    std::vector<KnownLine> lines;
    KnownLines(of_one_text, others)
        .ForEachUpTo(~uint64_t{0},
                     [&](const KnownLine& line) { lines.push_back(line); });
    std::ranges::sort(lines, {}, &KnownLine::key);
    append(uint64_t{lines.size()});
    for (const KnownLine& line : lines) append(line);
  }
  return out;
}

}  // namespace storyfold
