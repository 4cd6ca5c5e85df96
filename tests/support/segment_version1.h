#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "state/segment.h"

namespace storyfold {

// Returns a segment as version 1 had it: band keys and 3-grams in one table
// each, an index without checksums of blocks.
inline std::string AsVersion1(const std::string& bytes) {
  Segment::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const auto section = [&](size_t s) {
    return bytes.substr(header.sections[s].offset, header.sections[s].size);
  };
  const auto both = [&](size_t some, size_t others) {
    std::string keys = section(some) + section(others);
    std::vector<uint64_t> table(keys.size() / sizeof(uint64_t));
    std::memcpy(table.data(), keys.data(), keys.size());
    std::ranges::sort(table);
    std::memcpy(keys.data(), table.data(), keys.size());
    return keys;
  };
  constexpr size_t kEntry = offsetof(SegmentBlock, checksum);
  std::string index;
  const std::string entries = section(0);
  for (size_t at = 0; at < entries.size(); at += sizeof(SegmentBlock)) {
    index += entries.substr(at, kEntry);
  }
  const std::vector<std::string> sections = {index, section(1), both(2, 4),
                                             both(3, 5)};

  header.version = 1;
  uint64_t offset = offsetof(Segment::Header, sections[4]) + sizeof(uint64_t);
  for (size_t s = 0; s < sections.size(); ++s) {
    header.sections[s] = {offset, sections[s].size(), HashBytes(sections[s])};
    offset += sections[s].size();
  }
  std::string out(reinterpret_cast<const char*>(&header),
                  offsetof(Segment::Header, sections[4]));
  const uint64_t checksum = HashBytes(out);
  out.append(reinterpret_cast<const char*>(&checksum), sizeof(checksum));
  for (const std::string& part : sections) out += part;
  return out;
}

}  // namespace storyfold
