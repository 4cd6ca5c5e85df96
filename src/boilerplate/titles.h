#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_table.h"

namespace storyfold {

// The titles of all articles, to recognise teasers by.
class Titles {
 public:
  // text_of[a] names the distinct text of article a, source_of[a] its source.
  Titles(const LineTable& table, std::span<const uint32_t> text_of,
         std::span<const uint32_t> source_of);

  // Returns whether an article of `source` whose text is not `text` has the
  // title with this key. Most keys that are none cost a look at one bit.
  bool HasOther(uint64_t key, uint32_t source, uint32_t text) const {
    return may_be_[Bit(key)] && may_be_[Bit(key >> 32)] &&
           Find(key, source, text);
  }

 private:
  struct Title {
    uint64_t key = 0;
    uint32_t source = 0;
    uint32_t text = 0;

    friend auto operator<=>(const Title&, const Title&) = default;
  };

  size_t Bit(uint64_t key) const { return key & (may_be_.size() - 1); }
  bool Find(uint64_t key, uint32_t source, uint32_t text) const;

  std::vector<Title> sorted_;
  std::vector<bool> may_be_;  // a power of two; two bits a title
};

}  // namespace storyfold
