#include "io/line_chunks.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "io/json_check.h"

namespace storyfold {
namespace {

constexpr size_t kChunkSize = size_t{1} << 20;
constexpr size_t kMostLineBytes = size_t{1} << 30;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

absl::Status TooLong() {
  return absl::DataLossError("a line is longer than 1 GiB");
}

// Returns whether these lines begin an array of objects that is all of them, or
// that their first line does not end.
bool BeginArray(std::string_view lines) {
  lines = TrimJson(lines);
  const std::string_view first = TrimJson(lines.substr(0, lines.find('\n')));
  return lines.starts_with('[') && TrimJson(lines.substr(1)).starts_with('{') &&
         (first.size() == lines.size() || !first.ends_with(']'));
}

}  // namespace

// Copies the begun line to the front of `buffer`; returns its length.
size_t StreamLines::TakeCarry(std::vector<char>& buffer) {
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

LineChunk StreamLines::Next() {
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
    const size_t needed = filled + more + kLinePadding;
    if (buffer.size() < needed) buffer.resize(needed);
    const ReadResult got = stream_->Read({buffer.data() + filled, more});
    filled += got.size;
    chunk.status = got.status;
    ended_ = got.size < more || !got.status.ok();
    const std::string_view read(buffer.data(), filled);
    lines_end = read.rfind('\n') + 1;  // 0 where there is none
    if (ended_) break;
    if (lines_end == 0 && filled > kMostLineBytes) {
      chunk.status = TooLong();
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
  if (is_first && BeginArray(chunk.lines)) {
    chunk.status = NotAnObject(chunk.lines);
    chunk.lines = {};
    ended_ = true;
  }
  chunk.packed_offset = stream_->PackedOffset();
  return chunk;
}

MappedLines::MappedLines(std::shared_ptr<const MappedFile> file,
                         size_t packed_size, absl::Status end)
    : file_(std::move(file)), packed_size_(packed_size), end_(std::move(end)) {
  static_assert(MappedFile::kPadding >= kLinePadding);
  if (file_ == nullptr) return;
  rest_ = file_->bytes();
  if (rest_.starts_with(kByteOrderMark)) {
    rest_.remove_prefix(kByteOrderMark.size());
  }
  if (!end_.ok()) rest_ = rest_.substr(0, rest_.rfind('\n') + 1);
  if (BeginArray(rest_)) {
    end_ = NotAnObject(rest_);
    rest_ = {};
  }
}

LineChunk MappedLines::Next() {
  LineChunk chunk;
  chunk.file = file_.get();
  size_t end = rest_.size();
  if (end > kChunkSize) {
    end = rest_.substr(0, kChunkSize).rfind('\n') + 1;
    if (end == 0) {  // none
      end = std::min(rest_.find('\n', kChunkSize), rest_.size() - 1) + 1;
    }
  }
  if (end > kMostLineBytes) {
    end_ = TooLong();
    rest_.remove_prefix(rest_.size());
    end = 0;
  }
  chunk.lines = rest_.substr(0, end);
  rest_.remove_prefix(end);
  if (rest_.empty()) chunk.status = std::exchange(end_, absl::OkStatus());
  if (file_ != nullptr) {
    const double share = 1 - static_cast<double>(rest_.size()) /
                                 static_cast<double>(file_->bytes().size());
    chunk.packed_offset =
        static_cast<size_t>(share * static_cast<double>(packed_size_));
    file_->Populate(chunk.lines);
  }
  return chunk;
}

}  // namespace storyfold
