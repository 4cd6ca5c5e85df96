#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "base/hash.h"
#include "state/segment.h"

namespace storyfold {

// Returns the bytes of a segment of these sections.
inline std::string AssembleSegment(uint32_t version, uint32_t num_articles,
                                   const std::vector<std::string>& sections) {
  Segment::Header header;
  const std::string magic = "sfseg\r\n\x1A";
  std::memcpy(header.magic, magic.data(), magic.size());
  header.version = version;
  header.num_articles = num_articles;
  std::string out(reinterpret_cast<const char*>(&header),
                  offsetof(Segment::Header, sections));
  uint64_t offset = out.size() + sections.size() * sizeof(Segment::Section) +
                    sizeof(header.checksum);
  for (const std::string& bytes : sections) {
    const Segment::Section section = {offset, bytes.size(), HashBytes(bytes)};
    out.append(reinterpret_cast<const char*>(&section), sizeof(section));
    offset += bytes.size();
  }
  const uint64_t checksum = HashBytes(out);
  out.append(reinterpret_cast<const char*>(&checksum), sizeof(checksum));
  for (const std::string& bytes : sections) out += bytes;
  return out;
}

// Returns a segment as version 1 had it, with an index without checksums of
// blocks, or as version 2 had it, with two more tables of keys.
inline std::string AsEarlierVersion(const std::string& bytes,
                                    uint32_t version) {
  Segment::Header header;
  std::memcpy(static_cast<void*>(&header), bytes.data(), sizeof(header));
  std::vector<std::string> sections;
  for (const Segment::Section& section : header.sections) {
    sections.push_back(bytes.substr(section.offset, section.size));
  }
  if (version == 2) {
    sections.insert(sections.end(), {sections[2], sections[3]});
    return AssembleSegment(2, header.num_articles, sections);
  }
  std::string index;
  for (size_t at = 0; at < sections[0].size(); at += sizeof(SegmentBlock)) {
    index += sections[0].substr(at, offsetof(SegmentBlock, checksum));
  }
  sections[0] = index;
  return AssembleSegment(1, header.num_articles, sections);
}

}  // namespace storyfold
