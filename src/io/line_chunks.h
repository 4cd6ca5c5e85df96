#pragma once

#include <absl/status/status.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "io/byte_stream.h"

namespace storyfold {

// Whole lines of a file.
struct LineChunk {
  // The lines, then kLinePadding readable bytes.
  std::string buffer;
  size_t size = 0;        // bytes of lines
  size_t first_line = 1;  // number of the first line in the file
  size_t num_lines = 0;
  // Why the file ends after this chunk, unless it simply ends.
  absl::Status status;

  std::string_view Lines() const {
    return std::string_view(buffer).substr(0, size);
  }
};

inline constexpr size_t kLinePadding = 64;

// Cuts a stream at line ends into chunks of about 4 MiB; a longer line makes a
// longer chunk.
class LineChunker {
 public:
  explicit LineChunker(std::unique_ptr<ByteStream> stream)
      : stream_(std::move(stream)) {}

  // Returns the next chunk; one of size 0 with an OK status after the last.
  // A line of more than 1 GiB ends the file with an error. A line that an
  // error cuts off is dropped.
  LineChunk Next();

  size_t PackedOffset() const { return stream_->PackedOffset(); }

 private:
  std::unique_ptr<ByteStream> stream_;
  std::string carry_;  // the begin of a line whose end is not read yet
  size_t next_line_ = 1;
  bool ended_ = false;
};

}  // namespace storyfold
