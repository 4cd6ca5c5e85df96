#include "stories/arabic.h"

#include <cstdint>

#include "text/unicode.h"

namespace storyfold {
namespace {

// A letter of Arabic takes two bytes.
constexpr size_t kLeastRest = 3 * 2;

bool IsMarkOrStroke(uint32_t c) {
  return (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0640;
}

uint32_t OneForm(uint32_t c) {
  switch (c) {
    case 0x0622:  // alef with madda, hamza above, hamza below, wasla
    case 0x0623:
    case 0x0625:
    case 0x0671:
      return 0x0627;
    case 0x0649:  // alef maqsura, Persian ya
    case 0x06CC:
      return 0x064A;
    case 0x0629:  // ta marbuta
      return 0x0647;
    case 0x06A9:  // Persian kaf
      return 0x0643;
    default:
      return c;
  }
}

}  // namespace

std::string ArabicStem(std::string_view folded) {
  std::string stem;
  while (!folded.empty()) {
    const DecodedCodePoint c = DecodeUtf8(folded);
    if (!IsMarkOrStroke(c.value)) AppendUtf8(OneForm(c.value), stem);
    folded.remove_prefix(c.length);
  }
  for (const std::string_view article :
       {"وال", "بال", "كال", "فال", "ال", "لل"}) {
    if (stem.starts_with(article) &&
        stem.size() >= article.size() + kLeastRest) {
      return stem.substr(article.size());
    }
  }
  return stem;
}

}  // namespace storyfold
