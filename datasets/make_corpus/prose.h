#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events.h"
#include "random.h"
#include "vocabulary.h"

namespace storyfold {

// All text of this program is kept as it stands inside a JSON string: a quote
// is the two bytes \", and other bytes are UTF-8 that needs no escape.

// The punctuation a source prints.
struct Typography {
  std::string_view open_quote;
  std::string_view close_quote;
  std::string_view dash;  // with its spaces
};

// The article's own lines, without what its source prints around them.
struct Body {
  std::string text;                 // the lines back to back, no separators
  std::vector<uint32_t> line_ends;  // offsets in `text`

  size_t size() const { return line_ends.size(); }
  std::string_view Line(size_t line) const;
  void Clear();
};

// Who writes: everything that a sentence is made from.
struct Voice {
  const Vocabulary& vocabulary;
  const Focus& focus;
  const Typography& typography;
  Random& random;
};

// Appends lines of about `num_words` words in all, at least one line, each of
// one or two sentences.  Each of `quotes` stands in one line with probability
// .4, the first ones first, as far as there is room.
void AppendLines(const Voice& voice, const std::vector<SharedQuote>& quotes,
                 uint32_t num_words, Body* body);

// Returns 5 to 11 words, a capital first, no full stop.
std::string WriteTitle(const Voice& voice);

// Returns what somebody of the focus's cast said.
SharedQuote WriteQuote(const Voice& voice);

// "Ada Tovren".
std::string FullName(const Vocabulary& vocabulary, const Person& person);

}  // namespace storyfold
