// Tested by: tests/io/input_lines_test.cc

#include "io/input_lines.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "io/write_all.h"

namespace storyfold {
namespace {

constexpr size_t kUnpackedAtOnce = size_t{1} << 20;

// Smaller files are read into memory: a folder may hold more of them than a
// process may have mappings.
constexpr size_t kLeastMapped = size_t{1} << 20;

// An open file that is closed with this object; -1 for none.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  int get() const { return fd_; }

 private:
  int fd_;
};

MappedFile::Pages PagesOf(TextStorage storage) {
  return storage == TextStorage::kFiles ? MappedFile::Pages::kRelease
                                        : MappedFile::Pages::kKeep;
}

// A pipe must be opened once only.
bool IsRegularFile(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

// Returns the size of a file that is read as it is and has bytes, or 0.
size_t MappableSize(int fd) {
  struct stat info;
  if (::fstat(fd, &info) != 0) return 0;
  std::array<char, kMagicBytes> head{};
  const ssize_t got = ::pread(fd, head.data(), head.size(), 0);
  if (got <= 0) return 0;
  const std::string_view begin(head.data(), static_cast<size_t>(got));
  return IsPlain(begin) ? static_cast<size_t>(info.st_size) : 0;
}

std::string TemporaryFolder() {
  const char* folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

absl::Status CannotUnpack() {
  return absl::ResourceExhaustedError("cannot be unpacked into " +
                                      TemporaryFolder() + ": " +
                                      std::strerror(errno));
}

// Returns an open file without a name, or -1.
int OpenTemporaryFile() {
  std::string path = TemporaryFolder() + "/storyfold-XXXXXX";
  const int fd = ::mkostemp(path.data(), O_CLOEXEC);
  if (fd >= 0) ::unlink(path.c_str());
  return fd;
}

// Returns the lines of a stream by way of a temporary file. What ends the
// stream early is told behind its last whole line.
absl::StatusOr<InputLines> UnpackedLines(ByteStream& stream) {
  const FileDescriptor fd(OpenTemporaryFile());
  if (fd.get() < 0) return CannotUnpack();
  std::vector<char> buffer(kUnpackedAtOnce);
  size_t size = 0;
  ReadResult got;
  do {
    got = stream.Read(buffer);
    if (!WriteAll(fd.get(), {buffer.data(), got.size})) return CannotUnpack();
    size += got.size;
  } while (got.size == buffer.size() && got.status.ok());
  InputLines input;
  if (size > 0) {
    auto file = MappedFile::Map(fd.get(), size, MappedFile::Pages::kRelease);
    if (!file.ok()) return CannotUnpack();
    input.file = *std::move(file);
  }
  input.lines = std::make_unique<MappedLines>(input.file, stream.PackedOffset(),
                                              got.status);
  return input;
}

bool IsWorthKeeping(const InputLines& input) {
  return input.file == nullptr || input.file->bytes().size() >= kLeastMapped;
}

// Returns the lines of a file in place; none where it cannot be mapped or is
// not worth it.
InputLines LinesInPlace(const std::string& path, TextStorage storage) {
  InputLines input;
  if (path == "-" || !IsRegularFile(path)) return input;
  const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const size_t size = MappableSize(fd.get());
  if (size < kLeastMapped) return input;
  auto file = MappedFile::Map(fd.get(), size, PagesOf(storage));
  if (!file.ok()) return input;
  input.file = *std::move(file);
  input.lines = std::make_unique<MappedLines>(input.file, size);
  return input;
}

}  // namespace

absl::StatusOr<InputLines> OpenLines(const std::string& path,
                                     TextStorage storage, size_t chunks_kept) {
  InputLines input = LinesInPlace(path, storage);
  if (input.lines != nullptr) return input;
  auto stream = OpenByteStream(path);
  if (!stream.ok()) return stream.status();
  if (storage == TextStorage::kFiles) {
    auto unpacked = UnpackedLines(**stream);
    if (!unpacked.ok() || IsWorthKeeping(*unpacked) || !IsRegularFile(path)) {
      return unpacked;
    }
    stream = OpenByteStream(path);
    if (!stream.ok()) return stream.status();
  }
  input.lines = std::make_unique<StreamLines>(*std::move(stream), chunks_kept);
  return input;
}

}  // namespace storyfold
