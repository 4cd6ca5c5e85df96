#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "state/segment.h"

namespace storyfold {

// Whether so many bytes from `offset` on are in `bytes`.
inline bool HasPart(std::string_view bytes, uint64_t offset, uint64_t size) {
  return offset <= bytes.size() && size <= bytes.size() - offset;
}

// Makes the checksums of the blocks right, in their index.
inline void RepairBlocks(const Segment::Header& header, std::string& bytes) {
  const Segment::Section& index = header.sections[0];
  const Segment::Section& blocks = header.sections[1];
  if (!HasPart(bytes, index.offset, index.size) ||
      !HasPart(bytes, blocks.offset, blocks.size)) {
    return;
  }
  const auto section =
      std::string_view(bytes).substr(blocks.offset, blocks.size);
  SegmentBlock block;
  for (uint64_t at = 0; at + sizeof(block) <= index.size; at += sizeof(block)) {
    std::memcpy(&block, bytes.data() + index.offset + at, sizeof(block));
    if (!HasPart(section, block.offset, block.packed)) continue;
    block.checksum = HashBytes(section.substr(block.offset, block.packed));
    std::memcpy(bytes.data() + index.offset + at, &block, sizeof(block));
  }
}

// Makes the checksums of a segment right, as those of a file made to do harm
// would be.
inline void RepairChecksums(std::string& bytes) {
  Segment::Header header;
  if (bytes.size() < sizeof(header)) return;
  std::memcpy(&header, bytes.data(), sizeof(header));
  RepairBlocks(header, bytes);
  for (Segment::Section& section : header.sections) {
    if (!HasPart(bytes, section.offset, section.size)) continue;
    section.checksum =
        HashBytes(std::string_view(bytes).substr(section.offset, section.size));
  }
  header.checksum = HashBytes({reinterpret_cast<const char*>(&header),
                               sizeof(header) - sizeof(header.checksum)});
  std::memcpy(bytes.data(), &header, sizeof(header));
}

}  // namespace storyfold
