// zlib's gzread hands out plain files as they are and gzip files unpacked, so
// it is the reader for both, and for the packed bytes of zstd files.
//
// Tested by: tests/io/crawl_test.cc, tests/cli/bad_input_test.cc

#include "io/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

namespace storyfold {
namespace {

constexpr unsigned kReadBuffer = 1U << 18;
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr std::string_view kGzipMagic = "\x1F\x8B";
static_assert(kZstdMagic.size() == kMagicBytes);

class PlainOrGzipStream : public ByteStream {
 public:
  explicit PlainOrGzipStream(gzFile file) : file_(file) {
    gzbuffer(file_, kReadBuffer);
  }
  ~PlainOrGzipStream() override { gzclose(file_); }

  ReadResult Read(std::span<char> buffer) override {
    ReadResult result;
    while (result.size < buffer.size()) {
      const size_t wanted =
          std::min<size_t>(buffer.size() - result.size, 1U << 30);
      const int got = gzread(file_, buffer.data() + result.size,
                             static_cast<unsigned>(wanted));
      if (got > 0) result.size += static_cast<size_t>(got);
      if (got <= 0 || static_cast<size_t>(got) < wanted) {
        result.status = Error();
        return result;
      }
    }
    return result;
  }

  size_t PackedOffset() const override {
    const auto offset = gzoffset(file_);
    return offset > 0 ? static_cast<size_t>(offset) : 0;
  }

 private:
  absl::Status Error() const {
    int code = Z_OK;
    const char* message = gzerror(file_, &code);
    if (code == Z_OK || code == Z_STREAM_END) return absl::OkStatus();
    if (code == Z_ERRNO) return absl::InternalError(std::strerror(errno));
    if (code == Z_BUF_ERROR) {
      return absl::DataLossError("gzip data ends too early");
    }
    return absl::DataLossError(std::string("damaged gzip data: ") + message);
  }

  gzFile file_;
};

class ZstdStream : public ByteStream {
 public:
  // `head`: the bytes of the file that have been read already.
  ZstdStream(std::unique_ptr<ByteStream> packed, std::string_view head)
      : packed_(std::move(packed)),
        context_(ZSTD_createDCtx(), ZSTD_freeDCtx),
        buffer_(kReadBuffer) {
    std::copy(head.begin(), head.end(), buffer_.begin());
    input_ = {buffer_.data(), head.size(), 0};
  }

  ReadResult Read(std::span<char> buffer) override {
    ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
    while (output.pos < output.size) {
      if (input_.pos == input_.size) {
        const ReadResult got = packed_->Read(buffer_);
        if (!got.status.ok()) return {output.pos, got.status};
        if (got.size == 0) return {output.pos, EndStatus()};
        input_ = {buffer_.data(), got.size, 0};
      }
      const size_t code =
          ZSTD_decompressStream(context_.get(), &output, &input_);
      if (ZSTD_isError(code)) {
        return {output.pos,
                absl::DataLossError(std::string("damaged zstd data: ") +
                                    ZSTD_getErrorName(code))};
      }
      inside_frame_ = code != 0;
    }
    return {output.pos, absl::OkStatus()};
  }

  size_t PackedOffset() const override { return packed_->PackedOffset(); }

 private:
  absl::Status EndStatus() const {
    if (!inside_frame_) return absl::OkStatus();
    return absl::DataLossError("zstd data ends too early");
  }

  std::unique_ptr<ByteStream> packed_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  std::vector<char> buffer_;
  ZSTD_inBuffer input_ = {};
  bool inside_frame_ = false;
};

// Hands out some bytes again before the rest of a stream.
class PrefixedStream : public ByteStream {
 public:
  PrefixedStream(std::string head, std::unique_ptr<ByteStream> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}

  ReadResult Read(std::span<char> buffer) override {
    const size_t size = std::min(buffer.size(), head_.size());
    std::copy_n(head_.begin(), size, buffer.begin());
    head_.erase(0, size);
    ReadResult result = rest_->Read(buffer.subspan(size));
    result.size += size;
    return result;
  }
  size_t PackedOffset() const override { return rest_->PackedOffset(); }

 private:
  std::string head_;
  std::unique_ptr<ByteStream> rest_;
};

}  // namespace

bool IsPacked(std::string_view head) {
  return head.starts_with(kGzipMagic) || head.starts_with(kZstdMagic);
}

absl::StatusOr<std::unique_ptr<ByteStream>> OpenByteStream(
    const std::string& path) {
  const int fd = path == "-" ? ::dup(STDIN_FILENO)
                             : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::NotFoundError(std::strerror(errno));
  struct stat info;
  if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    ::close(fd);
    return absl::NotFoundError("is a directory");
  }
  const gzFile file = gzdopen(fd, "rb");
  if (file == nullptr) {
    ::close(fd);
    return absl::InternalError("out of memory");
  }
  auto stream = std::make_unique<PlainOrGzipStream>(file);
  std::string head(kZstdMagic.size(), '\0');
  const ReadResult got = stream->Read(head);
  head.resize(got.size);
  if (head == kZstdMagic) {
    return std::make_unique<ZstdStream>(std::move(stream), head);
  }
  return std::make_unique<PrefixedStream>(std::move(head), std::move(stream));
}

}  // namespace storyfold
