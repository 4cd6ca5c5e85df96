#include "io/line_chunks.h"

#include <algorithm>

namespace storyfold {
namespace {

constexpr size_t kChunkSize = size_t{4} << 20;
constexpr size_t kMostLineBytes = size_t{1} << 30;

}  // namespace

LineChunk LineChunker::Next() {
  LineChunk chunk;
  chunk.first_line = next_line_;
  if (ended_) return chunk;
  std::string buffer = std::move(carry_);
  carry_.clear();
  size_t lines_end = std::string::npos;
  while (lines_end == std::string::npos) {
    const size_t filled = buffer.size();
    // Doubling keeps the reading of one very long line linear.
    const size_t more = std::max(kChunkSize, filled);
    buffer.resize(filled + more);
    const ReadResult got = stream_->Read({buffer.data() + filled, more});
    buffer.resize(filled + got.size);
    chunk.status = got.status;
    ended_ = got.size < more || !got.status.ok();
    lines_end = buffer.rfind('\n');
    if (ended_) break;
    if (lines_end == std::string::npos && buffer.size() > kMostLineBytes) {
      chunk.status = absl::DataLossError("a line is longer than 1 GiB");
      ended_ = true;
      break;
    }
  }
  chunk.size = lines_end == std::string::npos ? 0 : lines_end + 1;
  const bool whole_rest = ended_ && chunk.status.ok();
  if (whole_rest) chunk.size = buffer.size();
  if (!ended_) carry_ = buffer.substr(chunk.size);
  buffer.resize(chunk.size + kLinePadding, '\0');
  const auto begin = buffer.begin();
  chunk.num_lines = static_cast<size_t>(
      std::count(begin, begin + static_cast<ptrdiff_t>(chunk.size), '\n'));
  next_line_ += chunk.num_lines;
  chunk.buffer = std::move(buffer);
  return chunk;
}

}  // namespace storyfold
