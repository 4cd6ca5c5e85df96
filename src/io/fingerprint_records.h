#pragma once

#include <string>
#include <string_view>

#include "storyfold/fingerprint.h"

namespace storyfold {

// Which fields a line has beside the id.
struct FingerprintFields {
  bool words = true;
  bool simhash = true;
  bool signature = true;
  bool bands = true;
};

// Appends one JSON line: {"id", "words": number, "simhash": 16 hex digits,
// "signature": [numbers], "bands": [numbers]}; the last three are null for an
// article without words. Band keys use all of 64 bits: a reader must take them
// for integers, not for doubles.
void AppendFingerprint(std::string_view id,
                       const ArticleFingerprint& fingerprint,
                       const FingerprintFields& fields, std::string& out);

}  // namespace storyfold
