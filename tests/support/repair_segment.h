#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "state/segment.h"

namespace storyfold {

// Makes the checksums of a segment right, as those of a file made to do harm
// would be.
inline void RepairChecksums(std::string& bytes) {
  Segment::Header header;
  if (bytes.size() < sizeof(header)) return;
  std::memcpy(&header, bytes.data(), sizeof(header));
  for (Segment::Section& section : header.sections) {
    if (section.offset > bytes.size() ||
        section.size > bytes.size() - section.offset) {
      continue;
    }
    section.checksum =
        HashBytes(std::string_view(bytes).substr(section.offset, section.size));
  }
  header.checksum = HashBytes({reinterpret_cast<const char*>(&header),
                               sizeof(header) - sizeof(header.checksum)});
  std::memcpy(bytes.data(), &header, sizeof(header));
}

}  // namespace storyfold
