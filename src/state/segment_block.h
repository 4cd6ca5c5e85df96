#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/sketch.h"
#include "storyfold/article.h"

namespace storyfold {

// What goes into a segment of one article.
struct SegmentArticle {
  Article article;          // its text in memory
  std::string_view record;  // the JSON object it was read from
  const Sketch* sketch = nullptr;
};

// What the index of a segment says of a block: some hundred articles, packed
// together.
struct SegmentBlock {
  uint64_t offset = 0;  // in the section of blocks
  uint64_t packed = 0;
  uint64_t fields = 0;   // bytes of the fields, unpacked
  uint64_t records = 0;  // bytes of the records behind them
  uint32_t first = 0;    // place of its first article
  uint32_t count = 0;
  uint64_t checksum = 0;  // of the packed bytes; none in segments of version 1
};

// Returns the blocks of the articles, without their offsets and sizes.
std::vector<SegmentBlock> CutIntoBlocks(
    std::span<const SegmentArticle> articles);

// Returns the bytes of one block, and their sizes and hash in `block`.
std::string PackBlock(std::span<const SegmentArticle> articles,
                      SegmentBlock& block);

// Returns whether what is said of the blocks can be true in a section of so
// many bytes: they unpack to 1 GiB and a hundred times of it at most, each to
// 64 MiB and a hundred times its own. PackBlock makes no others, if the section
// has LeastSection of them.
bool AreSound(std::span<const SegmentBlock> blocks, uint64_t section);

// Returns how many bytes a section of these blocks must have.
uint64_t LeastSection(std::span<const SegmentBlock> blocks);

// What is to be read of a block.
struct BlockRequest {
  SegmentBlock block;
  std::string_view packed;
  std::span<const uint32_t> places;  // ascending, all of this block
  bool with_records = false;
};

// Articles and, if asked for, their records; they point into `bytes`.
struct BlockArticles {
  std::unique_ptr<std::string> bytes;
  std::vector<Article> articles;
  std::vector<std::string_view> records;
};

// Reads one block after the other. What is unpacked stands in the same room
// each time; only what is asked for takes memory of its own.
class BlockReader {
 public:
  BlockReader();
  ~BlockReader();
  BlockReader(BlockReader&&) noexcept;

  // Reads a block into `out`; returns false where it is broken.
  // REQUIRES: AreSound
  bool Read(const BlockRequest& request, BlockArticles& out);

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace storyfold
