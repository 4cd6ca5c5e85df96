#pragma once

#include <string>
#include <string_view>

#include "boilerplate/line_state.h"

namespace storyfold {

// Returns the bytes of a state as they stand in a file.
inline std::string BytesOf(const LineState& state) {
  std::string bytes;
  const LineState::Bytes encoded = state.Encode();
  for (const std::string_view piece : encoded.pieces) bytes += piece;
  return bytes;
}

}  // namespace storyfold
