#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_key.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

enum class Waiting : uint8_t {
  kNot,       // a guard keeps the line, or may keep it
  kForMany,   // for min_texts texts
  kWithSign,  // for min_texts_with_sign
};

// Returns for each line of a page whether it may be flagged once more texts
// have it, when nothing of the page is known any more. `title_key` is the
// page's LineTable::title_keys value.
std::vector<Waiting> LinesThatWait(std::span<const LineKey> page,
                                   uint64_t title_key,
                                   const BoilerplateOptions& options);

}  // namespace storyfold
