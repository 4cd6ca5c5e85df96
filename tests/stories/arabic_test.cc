#include "stories/arabic.h"

#include <string>

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("an Arabic word is counted without article, marks and forms",
          "[stories]") {
  const auto [word, stem] = GENERATE(table<std::string, std::string>({
      {"الميناء", "ميناء"},   // the harbour
      {"والميناء", "ميناء"},  // and the harbour
      {"بالميناء", "ميناء"},  // in the harbour
      {"للميناء", "ميناء"},   // for the harbour
      {"ميناء", "ميناء"},
      {"مِيناء", "ميناء"},     // with a vowel mark
      {"ميـــناء", "ميناء"},  // stretched
      {"أحمد", "احمد"},       // alef with hamza
      {"مدينة", "مدينه"},     // ta marbuta
      {"على", "علي"},         // alef maqsura
      {"کشتی", "كشتي"},       // Persian letters
      {"الله", "الله"},       // too short without its article
      {"ال", "ال"},
      {"وال", "وال"},
      {"", ""},
      {"harbour", "harbour"},
  }));
  CAPTURE(word);
  CHECK(ArabicStem(word) == stem);
}

}  // namespace
}  // namespace storyfold
