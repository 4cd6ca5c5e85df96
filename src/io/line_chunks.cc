#include "io/line_chunks.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace storyfold {
namespace {

constexpr size_t kChunkSize = size_t{1} << 20;
constexpr size_t kMostLineBytes = size_t{1} << 30;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

void GrowTo(size_t size, std::vector<char>& buffer) {
  if (buffer.size() < size) buffer.resize(size);
}

}  // namespace

// Copies the begun line to the front of `buffer`; returns its length.
size_t LineChunker::TakeCarry(std::vector<char>& buffer) {
  const size_t size = carry_.size();
  if (size == 0) return 0;
  if (buffer.size() < size) {
    // With one buffer the carry stands in this very one.
    const std::string carry(carry_);
    buffer.resize(size);
    std::copy(carry.begin(), carry.end(), buffer.begin());
  } else {
    std::memmove(buffer.data(), carry_.data(), size);
  }
  return size;
}

LineChunk LineChunker::Next() {
  LineChunk chunk;
  const bool is_first = num_chunks_ == 0;
  chunk.packed_offset = stream_->PackedOffset();
  if (ended_) return chunk;
  std::vector<char>& buffer = buffers_[num_chunks_++ % buffers_.size()];
  size_t filled = TakeCarry(buffer);
  size_t lines_end = 0;
  while (lines_end == 0) {
    // Doubling keeps the reading of one very long line linear.
    const size_t more = std::max(kChunkSize, filled);
    GrowTo(filled + more + kLinePadding, buffer);
    const ReadResult got = stream_->Read({buffer.data() + filled, more});
    filled += got.size;
    chunk.status = got.status;
    ended_ = got.size < more || !got.status.ok();
    const std::string_view read(buffer.data(), filled);
    lines_end = read.rfind('\n') + 1;  // 0 where there is none
    if (ended_) break;
    if (lines_end == 0 && filled > kMostLineBytes) {
      chunk.status = absl::DataLossError("a line is longer than 1 GiB");
      ended_ = true;
      break;
    }
  }
  if (ended_ && chunk.status.ok()) lines_end = filled;
  chunk.lines = {buffer.data(), lines_end};
  carry_ = {buffer.data() + lines_end, filled - lines_end};
  if (is_first && chunk.lines.starts_with(kByteOrderMark)) {
    chunk.lines.remove_prefix(kByteOrderMark.size());
  }
  chunk.packed_offset = stream_->PackedOffset();
  return chunk;
}

}  // namespace storyfold
