// The file is a header, and then one record a text, all of one size:
//
//   header   "storyfold vectors" and a zero, hash of name, version, dimension
//   record   hash of the text (128 bits), the numbers, hash of both
//
// Records are appended, so the first one whose hash is wrong is where a process
// was killed, a disk was full, or somebody else wrote: what stands from there
// on is cut off. Nothing that the file says is used as a size or a place.
//
// Tested by: tests/embedding/vector_cache_test.cc

#include "embedding/vector_cache.h"

#include <absl/container/flat_hash_map.h>
#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/mapped_file.h"
#include "io/write_all.h"

namespace storyfold {
namespace {

constexpr std::string_view kMagic("storyfold vectors\0", 18);
constexpr size_t kMostBytes = size_t{1} << 32;

using TextHash = std::pair<uint64_t, uint64_t>;

TextHash HashText(std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {hash.low64, hash.high64};
}

std::string BytesOf(const auto& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

std::string HeaderOf(const EmbedderInfo& info) {
  const std::string key = absl::StrCat(info.name, "\n", info.version, "\n",
                                       info.dimension, "\n", info.fingerprint);
  return std::string(kMagic) + BytesOf(HashBytes(key));
}

size_t RecordBytes(size_t dimension) {
  return sizeof(TextHash) + dimension * sizeof(float) + sizeof(uint64_t);
}

std::string RecordOf(const TextHash& text, std::span<const float> vector) {
  std::string record = BytesOf(text.first) + BytesOf(text.second);
  record.append(reinterpret_cast<const char*>(vector.data()),
                vector.size_bytes());
  return record + BytesOf(HashBytes(record));
}

bool IsSound(std::string_view record) {
  const std::string_view body =
      record.substr(0, record.size() - sizeof(uint64_t));
  uint64_t hash = 0;
  std::memcpy(&hash, record.data() + body.size(), sizeof(hash));
  return hash == HashBytes(body);
}

}  // namespace

struct VectorCache::Storage {
  ~Storage() {
    if (fd >= 0) ::close(fd);
  }

  // Maps the file and notes its records. Returns the size of the part that is
  // sound, 0 of a file that was only begun; nothing where it is something else
  // than the vectors of this embedder.
  std::optional<size_t> Load(const EmbedderInfo& info) {
    struct stat status;
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return {};
    if (status.st_size == 0) return 0;
    if (static_cast<size_t>(status.st_size) > kMostBytes) return {};
    auto mapped = MappedFile::Map(fd, static_cast<size_t>(status.st_size),
                                  MappedFile::Pages::kKeep);
    if (!mapped.ok()) return {};
    file = *std::move(mapped);
    const std::string header = HeaderOf(info);
    const std::string_view bytes = file->bytes();
    if (bytes.size() < header.size() && header.starts_with(bytes)) return 0;
    if (!bytes.starts_with(header)) return {};
    const size_t record_bytes = RecordBytes(info.dimension);
    size_t at = header.size();
    for (; bytes.size() - at >= record_bytes; at += record_bytes) {
      const std::string_view record = bytes.substr(at, record_bytes);
      if (!IsSound(record)) break;
      TextHash text;
      std::memcpy(&text.first, record.data(), sizeof(text.first));
      std::memcpy(&text.second, record.data() + sizeof(text.first),
                  sizeof(text.second));
      place_of[text] = at + sizeof(TextHash);
    }
    return at;
  }

  // Appends records, as far as there is room.
  void Append(std::string_view records) {
    writable = writable && records.size() <= kMostBytes - size &&
               WriteAll(fd, records);
    size += records.size();
  }

  int fd = -1;
  bool writable = false;
  size_t size = 0;  // of the file, where it is writable
  std::shared_ptr<const MappedFile> file;
  absl::flat_hash_map<TextHash, size_t> place_of;
};

VectorCache::VectorCache(std::shared_ptr<Embedder> embedder,
                         const std::string& path)
    : embedder_(std::move(embedder)), storage_(std::make_unique<Storage>()) {
  Storage& storage = *storage_;
  storage.fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (storage.fd < 0) {
    Fail(path, std::strerror(errno));
    return;
  }
  // The lock is given back when the file is closed.
  storage.writable = ::flock(storage.fd, LOCK_EX | LOCK_NB) == 0;
  const int lock_error = storage.writable ? 0 : errno;
  const std::optional<size_t> sound = storage.Load(info());
  if (!sound) {
    storage.writable = false;
    Fail(path, "not the vectors of this model, so it is left as it is");
    return;
  }
  if (!storage.writable) {
    Fail(path, lock_error == EWOULDBLOCK
                   ? "another process writes it, so it is only read"
                   : "cannot be locked, so it is only read");
    return;
  }
  struct stat status;
  const bool known = ::fstat(storage.fd, &status) == 0;
  if (known && static_cast<size_t>(status.st_size) > *sound) {
    Fail(path, "damaged, what stood behind that was cut off");
  }
  const bool ready = known && S_ISREG(status.st_mode) &&
                     ::ftruncate(storage.fd, static_cast<off_t>(*sound)) == 0 &&
                     ::lseek(storage.fd, 0, SEEK_END) >= 0 &&
                     (*sound > 0 || WriteAll(storage.fd, HeaderOf(info())));
  storage.size = std::max(*sound, HeaderOf(info()).size());
  const bool is_full =
      storage.size + RecordBytes(info().dimension) > kMostBytes;
  if (ready && !is_full) return;
  storage.writable = false;
  Fail(path, ready ? "full, so it is only read" : "cannot be written");
}

VectorCache::~VectorCache() = default;

void VectorCache::Fail(const std::string& path, const char* what) {
  if (problem_.empty()) problem_ = absl::StrCat(path, ": ", what);
}

absl::Status VectorCache::Embed(std::span<const std::string> texts,
                                std::span<float> rows) {
  const size_t dimension = info().dimension;
  std::vector<std::string> missing;
  std::vector<size_t> row_of;  // of each missing text
  for (size_t i = 0; i < texts.size(); ++i) {
    const auto row = rows.subspan(i * dimension, dimension);
    const auto known = storage_->place_of.find(HashText(texts[i]));
    if (texts[i].empty()) {
      std::ranges::fill(row, 0.0f);
    } else if (known != storage_->place_of.end()) {
      std::memcpy(row.data(), storage_->file->bytes().data() + known->second,
                  row.size_bytes());
    } else {
      missing.push_back(texts[i]);
      row_of.push_back(i);
    }
  }
  if (missing.empty()) return absl::OkStatus();
  std::vector<float> made(missing.size() * dimension);
  const absl::Status status = embedder_->Embed(missing, made);
  std::string records;
  for (size_t k = 0; k < missing.size(); ++k) {
    const std::span<const float> vector(made.data() + k * dimension, dimension);
    std::ranges::copy(
        vector, rows.begin() + static_cast<ptrdiff_t>(row_of[k] * dimension));
    const bool failed =
        std::ranges::all_of(vector, [](float x) { return x == 0; });
    if (!failed) records += RecordOf(HashText(missing[k]), vector);
  }
  storage_->Append(records);
  return status;
}

}  // namespace storyfold
