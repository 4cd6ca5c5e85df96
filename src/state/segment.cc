// A segment is
//
//   header | index of blocks | blocks | band keys | 3-grams
//
// Segments of earlier versions are read as they are. Version 1 had more bands
// and all sampled 3-grams, and no checksums of single blocks; version 2 has
// bands and 3-grams that nobody asks for any more in two more sections.
//
// The checksums find what was damaged by chance. Against a file that was made
// to do harm nothing else is trusted either: see segment_block.cc.
//
// Tested by: tests/state/segment_test.cc, tests/state/migration_test.cc,
// tests/state/fuzz_segment.cc

#include "state/segment.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <utility>

#include "base/hash.h"
#include "base/string_view.h"
#include "base/threads.h"
#include "state/key_table.h"
#include "state/segment_block.h"

namespace storyfold {
namespace {

static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(Segment::Header) == 120);

constexpr std::string_view kSegmentMagic("sfseg\r\n\x1A", 8);
constexpr uint32_t kVersion = 3;
constexpr size_t kNumSectionsOfVersion2 = 6;
constexpr size_t kBlockBytesOfVersion1 = offsetof(SegmentBlock, checksum);

// The tables of keys follow: Segment::Keys.
enum SectionNumber : size_t { kIndex, kBlocks };

template <typename T>
std::string_view AsBytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()),
          values.size() * sizeof(T)};
}

// Returns header and sections, one after the other.
std::string Assemble(
    uint32_t num_articles,
    const std::string_view (&sections)[Segment::kNumSections]) {
  Segment::Header header;
  std::memcpy(header.magic, kSegmentMagic.data(), kSegmentMagic.size());
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
  out.append(reinterpret_cast<const char*>(&header), sizeof(header));
  for (const std::string_view section : sections) out += section;
  return out;
}

}  // namespace

std::string PackSegment(std::span<const SegmentArticle> articles) {
  std::vector<SegmentBlock> blocks = CutIntoBlocks(articles);
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
  all.resize(std::max(all.size(), LeastSection(blocks)), '\0');
  // Tables stand at multiples of 8.
  all.resize((all.size() + 7) / 8 * 8, '\0');
  std::vector<const Sketch*> sketches;
  for (const SegmentArticle& a : articles) sketches.push_back(a.sketch);
  const KeyTable bands = BandKeys(sketches);
  const KeyTable shingles = ShingleKeys(sketches, WhichShingles::kLeast);
  return Assemble(static_cast<uint32_t>(articles.size()),
                  {AsBytes(blocks), all, AsBytes(bands), AsBytes(shingles)});
}

absl::StatusOr<Segment> Segment::Open(const std::string& path) {
  auto file = MappedFile::MapWhole(path);
  if (absl::IsNotFound(file.status())) {
    return absl::NotFoundError(
        absl::StrCat(path, ": ", file.status().message()));
  }
  if (file.ok() && (*file)->bytes().size() < offsetof(Header, sections)) {
    file = absl::InvalidArgumentError("too short");
  }
  if (!file.ok()) {
    return absl::DataLossError(
        absl::StrCat(path, ": damaged: ", file.status().message()));
  }
  Segment segment(path, *std::move(file));
  absl::Status status = segment.ReadHeader();
  if (status.ok()) status = segment.ReadIndex();
  if (!status.ok()) return status;
  return segment;
}

absl::Status Segment::Damaged(std::string_view what) const {
  return absl::DataLossError(absl::StrCat(path_, ": damaged: ", ToAbsl(what)));
}

absl::Status Segment::ReadHeader() {
  constexpr size_t kFixed = offsetof(Header, sections);
  Header header;
  std::memcpy(static_cast<void*>(&header), bytes_.data(), kFixed);
  if (std::string_view(header.magic, kSegmentMagic.size()) != kSegmentMagic) {
    return Damaged("not a segment");
  }
  version_ = header.version;
  num_articles_ = header.num_articles;
  if (version_ == 0 || version_ > kVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        path_, ": written by a newer storyfold, or damaged: version ",
        version_));
  }
  sections_.resize(version_ == 2 ? kNumSectionsOfVersion2 : kNumSections);
  const size_t size_of_sections = sections_.size() * sizeof(Section);
  uint64_t end = kFixed + size_of_sections + sizeof(header.checksum);
  if (bytes_.size() < end) return Damaged("too short");
  const auto hashed = bytes_.substr(0, kFixed + size_of_sections);
  std::memcpy(sections_.data(), hashed.data() + kFixed, size_of_sections);
  std::memcpy(&header.checksum, bytes_.data() + hashed.size(),
              sizeof(header.checksum));
  if (HashBytes(hashed) != header.checksum) {
    return Damaged("the header does not match its checksum");
  }
  for (const Section& section : sections_) {
    if (section.offset != end || section.size > bytes_.size() - end ||
        section.size % 8 != 0) {
      return Damaged("its parts do not fit");
    }
    end += section.size;
  }
  return end == bytes_.size() ? absl::OkStatus() : Damaged("its size is wrong");
}

absl::StatusOr<std::string_view> Segment::CheckedSection(size_t number) const {
  const Section& section = sections_[number];
  const auto bytes = bytes_.substr(section.offset, section.size);
  file_->Populate(bytes);
  if (HashBytes(bytes) != section.checksum) {
    return Damaged("its bytes do not match their checksum");
  }
  return bytes;
}

absl::StatusOr<std::span<const uint64_t>> Segment::Table(Keys keys) const {
  const auto bytes = CheckedSection(static_cast<size_t>(keys));
  if (!bytes.ok()) return bytes.status();
  return std::span(reinterpret_cast<const uint64_t*>(bytes->data()),
                   bytes->size() / sizeof(uint64_t));
}

absl::Status Segment::ReadIndex() {
  const auto index = CheckedSection(kIndex);
  if (!index.ok()) return index.status();
  const size_t entry =
      version_ == 1 ? kBlockBytesOfVersion1 : sizeof(SegmentBlock);
  blocks_.resize(index->size() / entry);
  for (size_t b = 0; b < blocks_.size(); ++b) {
    std::memcpy(&blocks_[b], index->data() + b * entry, entry);
  }
  if (!AreSound(blocks_, sections_[kBlocks].size)) {
    return Damaged("its index is wrong");
  }
  uint64_t next = 0;
  for (const SegmentBlock& block : blocks_) {
    if (block.first != next) return Damaged("its index is wrong");
    next += block.count;
  }
  if (next != num_articles() || index->size() % entry != 0) {
    return Damaged("its index is wrong");
  }
  return absl::OkStatus();
}

std::string_view Segment::Packed(const SegmentBlock& block) const {
  return bytes_.substr(sections_[kBlocks].offset + block.offset, block.packed);
}

bool Segment::IsIntact(const SegmentBlock& block) const {
  if (version_ == 1) return true;  // all were looked at together
  const std::string_view packed = Packed(block);
  file_->Populate(packed);
  return HashBytes(packed) == block.checksum;
}

absl::StatusOr<StoredArticles> Segment::Read(std::span<const uint32_t> places,
                                             bool with_records) const {
  if (version_ == 1) {
    const auto blocks = CheckedSection(kBlocks);
    if (!blocks.ok()) return blocks.status();
  }
  if (!places.empty() && places.back() >= num_articles()) {
    return Damaged("its index is wrong");
  }
  std::vector<BlockArticles> read(blocks_.size());
  std::vector<char> good(blocks_.size(), true);
  ParallelForWithScratch<BlockReader>(blocks_.size(), [&](size_t b,
                                                          BlockReader& reader) {
    const SegmentBlock& block = blocks_[b];
    const auto begin = std::ranges::lower_bound(places, block.first);
    const auto end =
        std::ranges::lower_bound(places, uint64_t{block.first} + block.count);
    if (begin == end) return;
    good[b] = IsIntact(block) &&
              reader.Read({block, Packed(block), {begin, end}, with_records},
                          read[b]);
  });
  if (std::ranges::count(good, false) > 0) return Damaged("a block is broken");
  StoredArticles stored;
  for (BlockArticles& block : read) {
    if (block.bytes == nullptr) continue;
    stored.storage.push_back(std::move(block.bytes));
    std::ranges::copy(block.articles, std::back_inserter(stored.articles));
    std::ranges::copy(block.records, std::back_inserter(stored.records));
  }
  return stored;
}

absl::Status Segment::Verify() const {
  for (size_t number = 0; number < sections_.size(); ++number) {
    const auto bytes = CheckedSection(number);
    if (!bytes.ok()) return bytes.status();
  }
  for (const Keys table : {Keys::kBands, Keys::kShingles}) {
    const auto keys = Table(table);
    if (!keys.ok()) return keys.status();
    if (!std::ranges::is_sorted(*keys)) {
      return Damaged("its keys are in disorder");
    }
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
