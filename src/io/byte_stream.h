#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace storyfold {

struct ReadResult {
  size_t size = 0;      // bytes at the front of the buffer; all of them good
  absl::Status status;  // why fewer than asked for were read, unless the end
                        // of the file is why; without the file's name
};

// The unpacked bytes of one file, in order.
class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // Fills the buffer; a smaller size, possibly 0, at the end and on errors.
  virtual ReadResult Read(std::span<char> buffer) = 0;

  // Returns how far the file itself has been read, in bytes.
  virtual size_t PackedOffset() const = 0;
};

// Returns whether a file that begins with these bytes is read as it is: neither
// packed nor refused by OpenByteStream; kMagicBytes of them decide.
bool IsPlain(std::string_view head);
inline constexpr size_t kMagicBytes = 4;

// Opens a file, or standard input for "-", and unpacks it where its first
// bytes are those of gzip (also several members) or zstd (also several
// frames). Errors: what the system says, without the file's name; other packers
// and UTF-16, and fewer than kMagicBytes named *.gz or *.zst (DataLoss). What
// follows the last member or frame and is none is an error at its place.
absl::StatusOr<std::unique_ptr<ByteStream>> OpenByteStream(
    const std::string& path);

}  // namespace storyfold
