#include "boilerplate/slots.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// Pages of a long line of their own and the given ones behind it.
class LongLinePages {
 public:
  void Add(const std::string& behind, const std::string& before = "") {
    std::string body = "Then " + RandomText(random_, 30, 100'000'000) + ".";
    std::ranges::replace(body, '\n', ' ');
    const std::string text = before.empty() ? body : before + "\n" + body;
    corpus_.Add({"", "", text + "\n" + behind, "gazette"});
  }

  // The lines behind the long one that are flagged, of all pages.
  size_t NumFlags(const BoilerplateOptions& options = {}) const {
    std::vector<uint32_t> texts(corpus_.articles().size());
    std::iota(texts.begin(), texts.end(), 0);
    return FlagLines(
               LineEvidence(ReadLines(corpus_.articles()), {texts}, options))
        .size();
  }

 private:
  Random random_{2};
  Corpus corpus_;
};

const std::vector<std::string> kNames = {"Ann Lee", "Bo Marsh", "Cy Wong",
                                         "Di Reyes"};

TEST_CASE("lines that begin as others of their source do are boilerplate",
          "[boilerplate]") {
  LongLinePages pages;
  SECTION("three of them at the end of the page") {
    for (int i = 0; i < 3; ++i) {
      pages.Add("To contact the editor write to " + kNames[i]);
    }
    CHECK(pages.NumFlags() == 3);
  }
  SECTION("not two") {
    for (int i = 0; i < 2; ++i) {
      pages.Add("To contact the editor write to " + kNames[i]);
    }
    CHECK(pages.NumFlags() == 0);
  }
  SECTION("not closed sentences") {
    for (int i = 0; i < 3; ++i) {
      pages.Add("To contact the editor write to " + kNames[i] + ".");
    }
    CHECK(pages.NumFlags() == 0);
  }
  SECTION("not before the text") {
    for (int i = 0; i < 3; ++i) {
      std::string end;
      for (const char* line : {"Alpha", "Beta", "Gamma", "Delta"}) {
        end += kNames[i] + " of " + line + ".\n";
      }
      pages.Add(end, "To contact the editor write to " + kNames[i]);
    }
    CHECK(pages.NumFlags() == 0);
  }
  SECTION("not in a tenth of the pages") {
    for (int i = 0; i < 3; ++i) {
      pages.Add("To contact the editor write to " + kNames[i]);
    }
    for (int i = 0; i < 37; ++i) pages.Add("");
    CHECK(pages.NumFlags() == 0);
  }
  SECTION("not where nothing but the number of texts counts") {
    for (int i = 0; i < 3; ++i) {
      pages.Add("To contact the editor write to " + kNames[i]);
    }
    CHECK(pages.NumFlags({.signs = false}) == 0);
  }
}

TEST_CASE("two texts make a template where two flag a line", "[boilerplate]") {
  LongLinePages pages;
  for (int i = 0; i < 2; ++i) {
    pages.Add("To contact the editor write to " + kNames[i]);
  }
  CHECK(pages.NumFlags() == 0);
  CHECK(pages.NumFlags({.min_texts = 2}) == 2);
}

TEST_CASE("lines that end as four others of their source do are boilerplate",
          "[boilerplate]") {
  LongLinePages pages;
  for (int i = 0; i < 3; ++i)
    pages.Add(kNames[i] + " is editor of the gazette");
  CHECK(pages.NumFlags() == 0);
  pages.Add(kNames[3] + " is editor of the gazette");
  CHECK(pages.NumFlags() == 4);
}

TEST_CASE("no template is filled between paragraphs, whatever stands before",
          "[boilerplate]") {
  Random random(6);
  const auto paragraph = [&](size_t num_words, uint64_t num_different) {
    std::string text = "Then " + RandomText(random, num_words, num_different);
    std::ranges::replace(text, '\n', ' ');
    return text + ".\n";
  };
  const std::string ad = paragraph(60, 100);
  Corpus corpus;
  for (const std::string& name : kNames) {
    std::string text = paragraph(20, 100'000'000) + ad;
    text += "What we know of " + name + "\n";
    for (int k = 0; k < 4; ++k) text += paragraph(20, 100'000'000);
    corpus.Add({"", "", text, "gazette"});
  }
  const std::vector<uint32_t> texts = {0, 1, 2, 3};
  for (const FlaggedLine& flag :
       FlagLines(LineEvidence(ReadLines(corpus.articles()), {texts}, {}))) {
    CHECK(flag.line == 2);  // the advertisement
  }
}

TEST_CASE("amounts fill no template", "[boilerplate]") {
  LongLinePages pages;
  for (const char* food : {"oats", "rice", "salt", "peas"}) {
    pages.Add("200 g of " + std::string(food));
  }
  CHECK(pages.NumFlags() == 0);
}

}  // namespace
}  // namespace storyfold
