#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_counts.h"
#include "boilerplate/line_table.h"

namespace storyfold {

// Lines behind the text that fill a template of their source: "Read also: *",
// "* - Gazette news".
class Slots {
 public:
  // No templates.
  Slots() = default;

  // Finds the prefixes that stand in at least `min_texts` distinct texts of a
  // source and in a tenth of all of them, and the suffixes that stand in one
  // more, before or after at least two different rests. texts_of_source is
  // CountTextsOfSources of the names. In parallel; a bit a line is kept.
  Slots(const LineTable& table, const CountedNames& names,
        std::span<const uint32_t> texts_of_source, uint32_t min_texts);

  // Returns whether the line at `position` of the table's key values fills a
  // template.
  bool Fills(size_t position) const {
    return !fills_.empty() && fills_[position];
  }

 private:
  std::vector<bool> fills_;
};

}  // namespace storyfold
