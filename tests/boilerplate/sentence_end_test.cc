#include "boilerplate/sentence_end.h"

#include <string>
#include <string_view>

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("a sentence ends in the full stop or question mark of any script",
          "[boilerplate]") {
  const std::string line = GENERATE(
      "वह चला गया।", "সে চলে গেছে।", "श्लोक का अंत॥", "وہ چلا گیا۔", "هل ذهب؟",
      "Նա գնաց։", "ሄደ።", "ሄደ፧", "သွားပြီ။", "គាត់បានទៅហើយ។", "結束。", "走！",
      "真的？", "行った｡", "Really‽", "Why⁈", "And then…");
  CAPTURE(line);
  CHECK(EndsLikeSentence(line));
}

TEST_CASE("or in a closing quotation mark", "[boilerplate]") {
  const std::string line = GENERATE("\"Yes\"", "“Yes”", "„Ja“", "”Ja”", "«Да»",
                                    "»Ja«", "「はい」", "『はい』");
  CAPTURE(line);
  CHECK(EndsLikeSentence(line));
}

TEST_CASE("spaces and marks of direction behind its end are not seen",
          "[boilerplate]") {
  CHECK(EndsLikeSentence("He left.\u00A0"));
  CHECK(EndsLikeSentence("He left. \u00A0 "));
  CHECK(EndsLikeSentence("هل ذهب؟\u200F"));
  CHECK(EndsLikeSentence("結束。\u3000\u3000"));
  CHECK_FALSE(EndsLikeSentence("Read more\u00A0"));
  CHECK_FALSE(EndsLikeSentence("\u00A0"));
}

TEST_CASE("a single quotation mark is looked through", "[boilerplate]") {
  CHECK(EndsLikeSentence("'He left.'"));
  CHECK(EndsLikeSentence("‘Did he?’"));
  CHECK_FALSE(EndsLikeSentence("The dogs’"));
  CHECK_FALSE(EndsLikeSentence("The dogs'"));
}

TEST_CASE("commas, colons and letters of any script end none",
          "[boilerplate]") {
  const std::string line =
      GENERATE("", "यह भी पढ़ें", "اقرأ أيضا:", "وقال،", "結束、", "她说：",
               "“Yes", "«Да", "Α;", "café", "—", "(Roundup!)", "ሄደ፣", "សូមអាន៖");
  CAPTURE(line);
  CHECK_FALSE(EndsLikeSentence(line));
}

}  // namespace
}  // namespace storyfold
