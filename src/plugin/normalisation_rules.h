#pragma once

#include <string_view>

namespace storyfold {

// Throws std::runtime_error where the rules by which a tokenizer normalises
// text, in `model`, the bytes of a SentencePiece model, could lead its library
// outside of them: it follows their offsets unchecked while it reads a text. A
// model without rules passes. Linear in the bytes; allocates nothing.
void CheckNormalisationRules(std::string_view model);

}  // namespace storyfold
