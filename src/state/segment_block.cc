// A block is a zstd frame: first the fields of all of its articles, then the
// records as they were read. A record repeats the text of its article, which
// costs next to nothing that way; and who needs the fields only stops unpacking
// where they end.
//
// Real blocks unpack to ten times their size, those of a file made to do harm
// to thousands of times. So none is taken that says it unpacks to more than 64
// MiB and a hundred times its size; a genuine one that would (a text of blanks)
// is made longer, which nobody notices who unpacks it. The same bound holds for
// all blocks of a segment together, and they stand one behind the other, so
// that no bytes are unpacked twice.
//
// Nothing is trusted: sizes are checked against what is there, texts to be
// valid UTF-8, before anything is made of them.
//
// Tested by: tests/state/segment_test.cc, tests/state/fuzz_segment.cc

#include "state/segment_block.h"

#include <simdjson.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "base/hash.h"

namespace storyfold {
namespace {

// Numbers are stored as they are in memory.
static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(SegmentBlock) == 48 &&
              std::is_trivially_copyable_v<SegmentBlock>);

constexpr int kZstdLevel = 3;
// A night reads an article in ten: small blocks leave most of the others
// packed.
constexpr size_t kBlockBytes = size_t{64} << 10;
constexpr uint64_t kMostBlockBytes = uint64_t{64} << 20;
constexpr uint64_t kMostSectionBytes = uint64_t{1} << 30;
constexpr uint64_t kMostRatio = 100;

// Returns what so many packed bytes unpack to at most, and how many it takes at
// least to unpack to so many, where `free` bytes are nothing out of the way.
uint64_t MostUnpacked(uint64_t packed, uint64_t free) {
  return free + kMostRatio * packed;
}
uint64_t LeastPacked(uint64_t unpacked, uint64_t free) {
  if (unpacked <= free) return 0;
  return (unpacked - free) / kMostRatio + 1;
}

template <typename T>
void AppendValue(const T& value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

constexpr size_t kNumStrings = 6;
using Strings = std::string_view Article::*;
constexpr Strings kStrings[kNumStrings] = {
    &Article::id,  &Article::title,  &Article::text,
    &Article::url, &Article::source, &Article::language};

// What every article takes of the fields: time or none, the size of its record,
// those of its strings.
constexpr uint64_t kFixedBytes = (3 + kNumStrings) * sizeof(uint64_t);

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

// Whether the texts of an article are valid is looked at where it is `wanted`.
bool TakeFields(Cursor& cursor, bool wanted, FieldsAndRecordSize& taken) {
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
    if (!cursor.Take(sizes[k], field)) return false;
    if (wanted && !IsValidText(field)) return false;
  }
  return !taken.article.id.empty();
}

std::string Pack(const std::string& bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(),
                              bytes.size(), kZstdLevel));
  return packed;
}

// Returns whether a field can be put into the record, in front of its last
// brace.
bool MayBeObject(std::string_view record) {
  const size_t end = record.rfind('}');
  return end != record.npos && record.find('{') < end;
}

// Copies all that the articles and records point at into bytes of their own.
void OwnBytes(BlockArticles& out) {
  std::vector<std::string_view*> views;
  for (Article& article : out.articles) {
    for (const Strings field : kStrings) views.push_back(&(article.*field));
  }
  for (std::string_view& record : out.records) views.push_back(&record);
  size_t size = 0;
  for (const std::string_view* view : views) size += view->size();
  out.bytes = std::make_unique<std::string>();
  out.bytes->reserve(size);
  for (std::string_view* view : views) {
    const size_t begin = out.bytes->size();
    *out.bytes += *view;
    *view = std::string_view(*out.bytes).substr(begin);
  }
}

// Whether what is said of a block can be true in a section of so many bytes.
bool IsSound(const SegmentBlock& block, uint64_t section) {
  if (block.offset > section || block.packed > section - block.offset) {
    return false;
  }
  if (block.count > block.fields / kFixedBytes) return false;
  const uint64_t most = MostUnpacked(block.packed, kMostBlockBytes);
  return block.fields <= most && block.records <= most - block.fields;
}

}  // namespace

std::vector<SegmentBlock> CutIntoBlocks(
    std::span<const SegmentArticle> articles) {
  std::vector<SegmentBlock> blocks;
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

std::string PackBlock(std::span<const SegmentArticle> articles,
                      SegmentBlock& block) {
  std::string bytes;
  for (const SegmentArticle& a : articles) AppendFields(a, bytes);
  block.fields = bytes.size();
  for (const SegmentArticle& a : articles) bytes += a.record;
  block.records = bytes.size() - block.fields;
  std::string packed = Pack(bytes);
  packed.resize(
      std::max(packed.size(), LeastPacked(bytes.size(), kMostBlockBytes)),
      '\0');
  block.packed = packed.size();
  block.checksum = HashBytes(packed);
  return packed;
}

bool AreSound(std::span<const SegmentBlock> blocks, uint64_t section) {
  uint64_t packed = 0;
  uint64_t unpacked = 0;
  for (const SegmentBlock& block : blocks) {
    if (block.offset != packed || !IsSound(block, section)) return false;
    packed += block.packed;
    unpacked += block.fields + block.records;
    if (unpacked > MostUnpacked(section, kMostSectionBytes)) return false;
  }
  return true;
}

uint64_t LeastSection(std::span<const SegmentBlock> blocks) {
  uint64_t unpacked = 0;
  for (const SegmentBlock& block : blocks) {
    unpacked += block.fields + block.records;
  }
  return LeastPacked(unpacked, kMostSectionBytes);
}

struct BlockReader::Room {
  struct Free {
    void operator()(ZSTD_DCtx* freed) const { ZSTD_freeDCtx(freed); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> context{ZSTD_createDCtx()};
  std::string bytes;  // of the last block and, behind it, of larger ones

  // Unpacks the first `size` bytes of a zstd frame to the front of `bytes`.
  bool Unpack(std::string_view packed, size_t size) {
    ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_only);
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    size_t filled = 0;
    while (filled < size) {
      // Room grows with what is really there, whatever `size` says.
      if (filled == bytes.size()) {
        bytes.resize(std::min(size, std::max(kBlockBytes, 2 * filled)));
      }
      ZSTD_outBuffer to{bytes.data(), std::min(size, bytes.size()), filled};
      const size_t read_before = in.pos;
      const size_t left = ZSTD_decompressStream(context.get(), &to, &in);
      const bool stuck = to.pos == filled && in.pos == read_before;
      if (ZSTD_isError(left) || stuck) return false;
      filled = to.pos;
    }
    return true;
  }
};

BlockReader::BlockReader() : room_(std::make_unique<Room>()) {}
BlockReader::~BlockReader() = default;
BlockReader::BlockReader(BlockReader&&) noexcept = default;

bool BlockReader::Read(const BlockRequest& request, BlockArticles& out) {
  const SegmentBlock& block = request.block;
  const uint64_t size =
      block.fields + (request.with_records ? block.records : 0);
  if (!room_->Unpack(request.packed, size)) return false;
  const std::string_view bytes = std::string_view(room_->bytes).substr(0, size);
  Cursor fields(bytes.substr(0, block.fields));
  Cursor records(bytes.substr(block.fields));
  auto place = request.places.begin();
  for (uint32_t i = block.first; i < block.first + block.count; ++i) {
    FieldsAndRecordSize taken;
    std::string_view record;
    const bool wanted = place != request.places.end() && *place == i;
    if (!TakeFields(fields, wanted, taken)) return false;
    if (request.with_records && !records.Take(taken.record_size, record)) {
      return false;
    }
    if (!wanted) continue;
    ++place;
    out.articles.push_back(taken.article);
    if (!request.with_records) continue;
    if (!MayBeObject(record)) return false;
    out.records.push_back(record);
  }
  if (!fields.empty() || place != request.places.end()) return false;
  OwnBytes(out);
  return true;
}

}  // namespace storyfold
