// A file is read as it is and unpacked by a stream around it. Where a gzip
// member or a zstd frame ends another may begin; anything else behind it is
// damage, as what was packed there is lost. Only the zeros that fill the blocks
// of a tape behind the last member are passed over, as gzip does.
//
// Tested by: tests/io/byte_stream_test.cc, tests/cli/bad_input_test.cc

#include "io/byte_stream.h"

#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>
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

#include "base/string_view.h"

namespace storyfold {
namespace {

constexpr size_t kReadBuffer = size_t{1} << 18;
constexpr size_t kMostAtOnce = size_t{1} << 30;  // that zlib unpacks
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr std::string_view kGzipMagic = "\x1F\x8B";
constexpr std::string_view kXzMagic = "\xFD\x37zX";
constexpr std::string_view kBzip2Magic = "BZh";  // and 1 to 9
static_assert(kZstdMagic.size() == kMagicBytes);

// Returns why a file that begins with these bytes is not read; nothing where
// it is, or may be.
std::string_view WhyNotRead(std::string_view head) {
  using namespace std::string_view_literals;
  for (const std::string_view wide :
       {"\xFF\xFE"sv, "\xFE\xFF"sv, "{\0"sv, "\0{"sv}) {
    if (head.starts_with(wide)) return "UTF-16: only UTF-8 is read";
  }
  if (head == kXzMagic) return "packed by xz: only gzip and zstd are read";
  if (head.size() == kMagicBytes && head.starts_with(kBzip2Magic) &&
      head[3] >= '1' && head[3] <= '9') {
    return "packed by bzip2: only gzip and zstd are read";
  }
  return {};
}

// Returns whether a file begins like packed data of zstd, be it with a frame
// that is passed over, as pzstd writes one before each that is not.
bool IsZstd(std::string_view head) {
  const bool is_skippable = head.size() == kMagicBytes &&
                            head.ends_with("\x2A\x4D\x18") &&
                            (head[0] & 0xF0) == 0x50;
  return head == kZstdMagic || is_skippable;
}

// The bytes of an open file as they are.
class FileStream : public ByteStream {
 public:
  explicit FileStream(int fd) : fd_(fd) {}
  ~FileStream() override { ::close(fd_); }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  ReadResult Read(std::span<char> buffer) override {
    ReadResult result;
    while (result.size < buffer.size()) {
      const ssize_t got =
          ::read(fd_, buffer.data() + result.size, buffer.size() - result.size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) result.status = absl::InternalError(std::strerror(errno));
      if (got <= 0) break;
      result.size += static_cast<size_t>(got);
    }
    offset_ += result.size;
    return result;
  }

  size_t PackedOffset() const override { return offset_; }

 private:
  int fd_;
  size_t offset_ = 0;
};

class GzipStream : public ByteStream {
 public:
  // `head`: the bytes of the file that have been read already.
  GzipStream(std::unique_ptr<ByteStream> packed, std::string_view head)
      : packed_(std::move(packed)), buffer_(kReadBuffer) {
    std::copy(head.begin(), head.end(), buffer_.begin());
    SetInput(head.size());
    constexpr int kGzipOnly = 16;
    is_open_ = inflateInit2(&inflate_, MAX_WBITS + kGzipOnly) == Z_OK;
  }
  ~GzipStream() override {
    if (is_open_) inflateEnd(&inflate_);
  }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  ReadResult Read(std::span<char> buffer) override {
    if (!is_open_) return {0, absl::InternalError("out of memory")};
    ReadResult result;
    while (result.size < buffer.size()) {
      if (!inside_member_) SkipZeros();
      if (inflate_.avail_in == 0) {
        const ReadResult got = packed_->Read(buffer_);
        if (!got.status.ok()) return {result.size, got.status};
        if (got.size == 0) return {result.size, EndStatus()};
        SetInput(got.size);
        continue;
      }
      result.status = Unpack(buffer, result.size);
      if (!result.status.ok()) return result;
    }
    return result;
  }

  size_t PackedOffset() const override { return packed_->PackedOffset(); }

 private:
  void SetInput(size_t size) {
    inflate_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
    inflate_.avail_in = static_cast<uInt>(size);
  }

  void SkipZeros() {
    while (inflate_.avail_in > 0 && *inflate_.next_in == 0) {
      ++inflate_.next_in;
      --inflate_.avail_in;
    }
  }

  // Unpacks some of the input behind the `filled` bytes of `buffer`.
  absl::Status Unpack(std::span<char> buffer, size_t& filled) {
    const std::span<char> room =
        buffer.subspan(filled, std::min(buffer.size() - filled, kMostAtOnce));
    inflate_.next_out = reinterpret_cast<Bytef*>(room.data());
    inflate_.avail_out = static_cast<uInt>(room.size());
    const int code = inflate(&inflate_, Z_NO_FLUSH);
    filled += room.size() - inflate_.avail_out;
    inside_member_ = code != Z_STREAM_END;
    if (code == Z_STREAM_END) inflateReset(&inflate_);
    if (code == Z_OK || code == Z_STREAM_END) return absl::OkStatus();
    if (code == Z_MEM_ERROR) return absl::InternalError("out of memory");
    return absl::DataLossError(absl::StrCat(
        "damaged gzip data",
        inflate_.msg == nullptr ? "" : absl::StrCat(": ", inflate_.msg)));
  }

  absl::Status EndStatus() const {
    if (!inside_member_) return absl::OkStatus();
    return absl::DataLossError("gzip data ends too early");
  }

  std::unique_ptr<ByteStream> packed_;
  std::vector<char> buffer_;
  z_stream inflate_ = {};
  bool is_open_ = false;
  bool inside_member_ = true;
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

bool IsNamedAsPacked(const std::string& path) {
  return absl::EndsWithIgnoreCase(path, ".gz") ||
         absl::EndsWithIgnoreCase(path, ".zst");
}

}  // namespace

bool IsPlain(std::string_view head) {
  return !head.starts_with(kGzipMagic) && !IsZstd(head) &&
         WhyNotRead(head).empty();
}

absl::StatusOr<std::unique_ptr<ByteStream>> OpenByteStream(
    const std::string& path) {
  const int fd = path == "-" ? ::dup(STDIN_FILENO)
                             : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::NotFoundError(std::strerror(errno));
  auto stream = std::make_unique<FileStream>(fd);
  struct stat info;
  if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    return absl::NotFoundError("is a directory");
  }
  std::string head(kMagicBytes, '\0');
  const ReadResult got = stream->Read(head);
  if (!got.status.ok()) return got.status;
  head.resize(got.size);
  if (const auto why = WhyNotRead(head); !why.empty()) {
    return absl::DataLossError(ToAbsl(why));
  }
  if (head.starts_with(kGzipMagic)) {
    return std::make_unique<GzipStream>(std::move(stream), head);
  }
  if (IsZstd(head)) {
    return std::make_unique<ZstdStream>(std::move(stream), head);
  }
  if (head.size() < kMagicBytes && IsNamedAsPacked(path)) {
    return absl::DataLossError("packed data ends too early");
  }
  return std::make_unique<PrefixedStream>(std::move(head), std::move(stream));
}

}  // namespace storyfold
