#pragma once

#include <absl/status/status.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/mapped_file.h"
#include "io/byte_stream.h"

namespace storyfold {

// Whole lines of a file.
struct LineChunk {
  std::string_view lines;    // kLinePadding readable bytes follow
  size_t packed_offset = 0;  // how far the file itself has been read
  // The file the lines stand in, where they stay; nullptr for a buffer.
  const MappedFile* file = nullptr;
  // Why the file ends after this chunk, unless it simply ends.
  absl::Status status;

  bool IsEnd() const { return lines.empty() && status.ok(); }
};

inline constexpr size_t kLinePadding = 64;

// A file cut at line ends into chunks of about 1 MiB, which stay in a core's
// cache while they are parsed; a longer line makes a longer chunk.
class LineSource {
 public:
  virtual ~LineSource() = default;

  // Returns the next chunk; after the last one a chunk that IsEnd. A byte order
  // mark at the begin of the file is skipped. A line of more than 1 GiB ends
  // the file with an error. A line that an error cuts off is dropped. A file
  // that is one array of objects over several lines is an error in place of its
  // first chunk.
  virtual LineChunk Next() = 0;
};

// The lines of a stream, read into buffers.
class StreamLines : public LineSource {
 public:
  // The lines of a chunk are good until Next was called `chunks_kept` times
  // more; so many may be parsed at a time. REQUIRES: chunks_kept >= 1
  explicit StreamLines(std::unique_ptr<ByteStream> stream,
                       size_t chunks_kept = 1)
      : stream_(std::move(stream)), buffers_(chunks_kept) {}

  LineChunk Next() override;

 private:
  size_t TakeCarry(std::vector<char>& buffer);

  std::unique_ptr<ByteStream> stream_;
  std::vector<std::vector<char>> buffers_;  // taken in turn
  size_t num_chunks_ = 0;
  std::string_view carry_;  // the begin of a line whose end is not read yet
  bool ended_ = false;
};

// The lines of a mapped file, where they are, or of none.
class MappedLines : public LineSource {
 public:
  // `packed_size`: of what the file was unpacked from, or its own. `end`: why
  // there is no more, where that is an error; told with the last chunk.
  MappedLines(std::shared_ptr<const MappedFile> file, size_t packed_size,
              absl::Status end = absl::OkStatus());

  LineChunk Next() override;

 private:
  std::shared_ptr<const MappedFile> file_;
  std::string_view rest_;
  size_t packed_size_;
  absl::Status end_;
};

// Calls visit(line, number) for every line of a chunk that is not blank; the
// first line of the chunk has the number `first_number`. Returns the number of
// the line after the chunk.
template <typename Visit>
size_t ForEachLine(const LineChunk& chunk, size_t first_number,
                   const Visit& visit) {
  std::string_view rest = chunk.lines;
  size_t number = first_number;
  for (; !rest.empty(); ++number) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
      visit(line, number);
    }
  }
  return number;
}

}  // namespace storyfold
