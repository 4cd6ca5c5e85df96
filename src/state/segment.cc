// A segment is
//
//   header | index of blocks | blocks | band keys | 3-grams
//
// A block holds some hundred articles, packed with zstd: first the fields of
// all of them, then the records as they were read. A record repeats the text of
// its article, which costs next to nothing that way; and who needs the fields
// only stops unpacking where they end.
//
// Nothing in the file is trusted: sizes are checked against what is there,
// texts to be valid UTF-8, before anything is made of them. The checksums find
// what was damaged by chance; these checks hold against a file that was made to
// do harm.
//
// Tested by: tests/state/segment_test.cc, tests/state/fuzz_segment.cc

#include "state/segment.h"

#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <type_traits>

#include "base/hash.h"
#include "base/string_view.h"
#include "base/threads.h"
#include "state/key_table.h"

namespace storyfold {
namespace {

constexpr std::string_view kMagic("sfseg\r\n\x1A", 8);
constexpr uint32_t kVersion = 1;
constexpr int kZstdLevel = 3;
constexpr size_t kBlockBytes = size_t{1} << 20;
// A block unpacks to so much, or so many times its packed size: real ones to
// ten times theirs, those of a file made to do harm to thousands of times.
constexpr uint64_t kMostBlockBytes = uint64_t{64} << 20;
constexpr uint64_t kMostRatio = 100;

enum SectionNumber : size_t { kIndex, kBlocks, kBands, kShingles };

struct Block {
  uint64_t offset = 0;  // in the section of blocks
  uint64_t packed = 0;
  uint64_t fields = 0;   // bytes of the fields, unpacked
  uint64_t records = 0;  // bytes of the records behind them
  uint32_t first = 0;    // place of its first article
  uint32_t count = 0;
};
static_assert(sizeof(Block) == 40 && std::is_trivially_copyable_v<Block>);
static_assert(sizeof(Segment::Header) == 120);

template <typename T>
void AppendValue(const T& value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

constexpr size_t kNumStrings = 6;
using Strings = std::string_view Article::*;
constexpr Strings kStrings[kNumStrings] = {
    &Article::id,  &Article::title,  &Article::text,
    &Article::url, &Article::source, &Article::language};

void AppendFields(const SegmentArticle& stored, std::string& out) {
  const Article& article = stored.article;
  AppendValue(uint64_t{article.published.has_value()}, out);
  AppendValue(article.published.value_or(0), out);
  AppendValue(uint64_t{stored.record.size()}, out);
  for (const Strings field : kStrings) {
    AppendValue(uint64_t{(article.*field).size()}, out);
  }
  for (const Strings field : kStrings) out += article.*field;
}

// Takes values from the front of bytes that may be anything.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  bool Take(uint64_t size, std::string_view& bytes) {
    if (size > rest_.size()) return false;
    bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  template <typename T>
  bool TakeValue(T& value) {
    std::string_view bytes;
    if (!Take(sizeof(T), bytes)) return false;
    std::memcpy(&value, bytes.data(), sizeof(T));
    return true;
  }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool IsValidText(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

struct FieldsAndRecordSize {
  Article article;
  uint64_t record_size = 0;
};

bool TakeFields(Cursor& cursor, FieldsAndRecordSize& taken) {
  uint64_t has_time = 0;
  int64_t time = 0;
  uint64_t sizes[kNumStrings] = {};
  if (!cursor.TakeValue(has_time) || !cursor.TakeValue(time) ||
      !cursor.TakeValue(taken.record_size) || !cursor.TakeValue(sizes)) {
    return false;
  }
  if (has_time != 0) taken.article.published = time;
  for (size_t k = 0; k < kNumStrings; ++k) {
    std::string_view& field = taken.article.*kStrings[k];
    if (!cursor.Take(sizes[k], field) || !IsValidText(field)) return false;
  }
  return !taken.article.id.empty();
}

// Unpacks the first `size` bytes of a zstd frame.
bool Unpack(std::string_view packed, size_t size, std::string& out) {
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  const std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  size_t filled = 0;
  while (filled < size) {
    // Room grows with what is really there, whatever `size` says.
    if (filled == out.size()) {
      out.resize(std::min(size, std::max(kBlockBytes, 2 * filled)));
    }
    ZSTD_outBuffer to{out.data(), out.size(), filled};
    const size_t read_before = in.pos;
    const size_t left = ZSTD_decompressStream(context.get(), &to, &in);
    const bool stuck = to.pos == filled && in.pos == read_before;
    if (ZSTD_isError(left) || stuck) return false;
    filled = to.pos;
  }
  return true;
}

std::string Pack(const std::string& bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(),
                              bytes.size(), kZstdLevel));
  return packed;
}

// Returns the blocks, without their offsets.
std::vector<Block> CutIntoBlocks(std::span<const SegmentArticle> articles) {
  std::vector<Block> blocks;
  size_t bytes = kBlockBytes;
  for (uint32_t i = 0; i < articles.size(); ++i) {
    if (bytes >= kBlockBytes) {
      blocks.push_back({});
      blocks.back().first = i;
      bytes = 0;
    }
    ++blocks.back().count;
    bytes += articles[i].article.text.size() + articles[i].record.size();
  }
  return blocks;
}

std::string PackBlock(std::span<const SegmentArticle> articles, Block& block) {
  std::string bytes;
  for (const SegmentArticle& a : articles) AppendFields(a, bytes);
  block.fields = bytes.size();
  for (const SegmentArticle& a : articles) bytes += a.record;
  block.records = bytes.size() - block.fields;
  std::string packed = Pack(bytes);
  block.packed = packed.size();
  return packed;
}

template <typename T>
std::string_view AsBytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()),
          values.size() * sizeof(T)};
}

// Returns header and sections, one after the other.
std::string Assemble(uint32_t num_articles,
                     const std::string_view (&sections)[4]) {
  Segment::Header header;
  std::memcpy(header.magic, kMagic.data(), kMagic.size());
  header.version = kVersion;
  header.num_articles = num_articles;
  uint64_t offset = sizeof(header);
  for (size_t s = 0; s < Segment::kNumSections; ++s) {
    header.sections[s] = {offset, sections[s].size(), HashBytes(sections[s])};
    offset += sections[s].size();
  }
  header.checksum = HashBytes({reinterpret_cast<const char*>(&header),
                               sizeof(header) - sizeof(header.checksum)});
  std::string out;
  out.reserve(offset);
  AppendValue(header, out);
  for (const std::string_view section : sections) out += section;
  return out;
}

// Returns whether what is said of a block can be true of `packed` bytes.
bool IsSound(const Block& block, uint64_t packed) {
  if (block.offset > packed || block.packed > packed - block.offset) {
    return false;
  }
  const uint64_t most = kMostBlockBytes + kMostRatio * block.packed;
  return block.fields <= most && block.records <= most - block.fields;
}

// Returns whether a field can be put into the record, in front of its last
// brace.
bool MayBeObject(std::string_view record) {
  const size_t end = record.rfind('}');
  return end != record.npos && record.find('{') < end;
}

// Reads the articles of one block that stand at `places`.
bool ReadBlock(std::string_view packed, const Block& block,
               std::span<const uint32_t> places, bool with_records,
               std::string& bytes, Article* articles,
               std::string_view* records) {
  if (!Unpack(packed, block.fields + (with_records ? block.records : 0),
              bytes)) {
    return false;
  }
  Cursor fields(std::string_view(bytes).substr(0, block.fields));
  Cursor record_bytes(std::string_view(bytes).substr(block.fields));
  auto place = places.begin();
  for (uint32_t i = block.first; i < block.first + block.count; ++i) {
    FieldsAndRecordSize taken;
    std::string_view record;
    if (!TakeFields(fields, taken)) return false;
    if (with_records && !record_bytes.Take(taken.record_size, record)) {
      return false;
    }
    if (place == places.end() || *place != i) continue;
    if (with_records && !MayBeObject(record)) return false;
    articles[place - places.begin()] = taken.article;
    if (with_records) records[place - places.begin()] = record;
    ++place;
  }
  return fields.empty() && place == places.end();
}

}  // namespace

std::string PackSegment(std::span<const SegmentArticle> articles) {
  std::vector<Block> blocks = CutIntoBlocks(articles);
  std::vector<std::string> packed(blocks.size());
  ParallelFor(blocks.size(), [&](size_t b) {
    packed[b] = PackBlock(articles.subspan(blocks[b].first, blocks[b].count),
                          blocks[b]);
  });
  std::string all;
  for (size_t b = 0; b < blocks.size(); ++b) {
    blocks[b].offset = all.size();
    all += packed[b];
    packed[b] = {};
  }
  // Tables stand at multiples of 8.
  all.resize((all.size() + 7) / 8 * 8, '\0');
  std::vector<const Sketch*> sketches;
  for (const SegmentArticle& a : articles) sketches.push_back(a.sketch);
  const KeyTable bands = BandKeys(sketches);
  const KeyTable shingles = ShingleKeys(sketches);
  return Assemble(static_cast<uint32_t>(articles.size()),
                  {AsBytes(blocks), all, AsBytes(bands), AsBytes(shingles)});
}

absl::StatusOr<Segment> Segment::Open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  struct stat info = {};
  absl::StatusOr<std::shared_ptr<const MappedFile>> file =
      absl::DataLossError("too short");
  if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
      info.st_size >= static_cast<off_t>(sizeof(Header))) {
    file = MappedFile::Map(fd, static_cast<size_t>(info.st_size),
                           MappedFile::Pages::kKeep);
  }
  ::close(fd);
  if (!file.ok()) {
    return absl::DataLossError(
        absl::StrCat(path, ": damaged: ", file.status().message()));
  }
  Segment segment(path, *std::move(file));
  const absl::Status status = segment.ReadHeader();
  if (!status.ok()) return status;
  return segment;
}

absl::Status Segment::Damaged(std::string_view what) const {
  return absl::DataLossError(absl::StrCat(path_, ": damaged: ", ToAbsl(what)));
}

absl::Status Segment::ReadHeader() {
  std::memcpy(&header_, bytes_.data(), sizeof(header_));
  if (std::string_view(header_.magic, kMagic.size()) != kMagic) {
    return Damaged("not a segment");
  }
  const auto hashed =
      bytes_.substr(0, sizeof(header_) - sizeof(header_.checksum));
  if (HashBytes(hashed) != header_.checksum) {
    return Damaged("the header does not match its checksum");
  }
  if (header_.version != kVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": written by a newer storyfold"));
  }
  uint64_t end = sizeof(header_);
  for (const Section& section : header_.sections) {
    if (section.offset != end || section.size > bytes_.size() - end ||
        section.size % 8 != 0) {
      return Damaged("its parts do not fit");
    }
    end += section.size;
  }
  return end == bytes_.size() ? absl::OkStatus() : Damaged("its size is wrong");
}

absl::StatusOr<std::string_view> Segment::CheckedSection(size_t number) const {
  const Section& section = header_.sections[number];
  const auto bytes = bytes_.substr(section.offset, section.size);
  if (HashBytes(bytes) != section.checksum) {
    return Damaged("its bytes do not match their checksum");
  }
  return bytes;
}

absl::StatusOr<std::span<const uint64_t>> Segment::Table(size_t number) const {
  const auto bytes = CheckedSection(number);
  if (!bytes.ok()) return bytes.status();
  const std::span table(reinterpret_cast<const uint64_t*>(bytes->data()),
                        bytes->size() / sizeof(uint64_t));
  if (!std::ranges::is_sorted(table))
    return Damaged("its keys are in disorder");
  return table;
}

absl::StatusOr<std::span<const uint64_t>> Segment::Bands() const {
  return Table(kBands);
}

absl::StatusOr<std::span<const uint64_t>> Segment::Shingles() const {
  return Table(kShingles);
}

absl::StatusOr<StoredArticles> Segment::Read(std::span<const uint32_t> places,
                                             bool with_records) const {
  const auto index = CheckedSection(kIndex);
  if (!index.ok()) return index.status();
  const auto packed = CheckedSection(kBlocks);
  if (!packed.ok()) return packed.status();
  std::vector<Block> blocks(index->size() / sizeof(Block));
  std::memcpy(blocks.data(), index->data(), blocks.size() * sizeof(Block));

  uint64_t next = 0;
  for (const Block& block : blocks) {
    if (block.first != next || !IsSound(block, packed->size())) {
      return Damaged("its index is wrong");
    }
    next += block.count;
  }
  if (next != num_articles() || index->size() % sizeof(Block) != 0 ||
      (!places.empty() && places.back() >= num_articles())) {
    return Damaged("its index is wrong");
  }
  StoredArticles stored;
  stored.articles.resize(places.size());
  if (with_records) stored.records.resize(places.size());
  stored.storage.resize(blocks.size());
  std::vector<char> good(blocks.size(), true);
  ParallelFor(blocks.size(), [&](size_t b) {
    const Block& block = blocks[b];
    const auto begin = std::ranges::lower_bound(places, block.first);
    const auto end =
        std::ranges::lower_bound(places, uint64_t{block.first} + block.count);
    if (begin == end) return;
    const auto at = begin - places.begin();
    stored.storage[b] = std::make_unique<std::string>();
    good[b] = ReadBlock(packed->substr(block.offset, block.packed), block,
                        {begin, end}, with_records, *stored.storage[b],
                        stored.articles.data() + at,
                        with_records ? stored.records.data() + at : nullptr);
  });
  std::erase(stored.storage, nullptr);
  if (std::ranges::count(good, false) > 0) return Damaged("a block is broken");
  return stored;
}

absl::Status Segment::Verify() const {
  for (size_t number = 0; number < kNumSections; ++number) {
    const auto bytes = CheckedSection(number);
    if (!bytes.ok()) return bytes.status();
  }
  for (const size_t table : {kBands, kShingles}) {
    const auto keys = Table(table);
    if (!keys.ok()) return keys.status();
  }
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < num_articles(); ++i) {
    places.push_back(i);
    // Some at a time: a large segment does not fit into memory unpacked.
    if (places.size() < 1000 && i + 1 < num_articles()) continue;
    const auto stored = Read(places, /*with_records=*/true);
    if (!stored.ok()) return stored.status();
    places.clear();
  }
  return absl::OkStatus();
}

}  // namespace storyfold
