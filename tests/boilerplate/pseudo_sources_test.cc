#include "boilerplate/pseudo_sources.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// Pages of a body of their own, with the given lines above and below.
class FramedPages {
 public:
  ArticleId Add(const std::string& top, const std::string& bottom,
                const std::string& source = "", size_t num_lines = 4) {
    std::string text = top;
    for (size_t i = 0; i < num_lines; ++i) {
      text += "\nThen " + RandomText(random_, 12, 100'000'000) + ".";
    }
    return corpus_.Add({"", "", text + "\n" + bottom, source});
  }
  // A page that holds these lines alone.
  ArticleId AddOnly(const std::string& text) {
    return corpus_.Add({"", "", text, ""});
  }

  std::vector<uint32_t> Sources() const {
    return FindPseudoSources(ReadLines(corpus_.articles()), Texts());
  }
  std::vector<FlaggedLine> Flag() const {
    return FlagLines(
        LineEvidence(ReadLines(corpus_.articles()), {Texts()}, {}));
  }

 private:
  std::vector<uint32_t> Texts() const {
    std::vector<uint32_t> texts(corpus_.articles().size());
    std::iota(texts.begin(), texts.end(), 0);
    return texts;
  }

  Random random_{4};
  Corpus corpus_;
};

TEST_CASE("pages that share two labels are of one outlet", "[boilerplate]") {
  FramedPages pages;
  const ArticleId a = pages.Add("Alex Arden", "Politics\nLeave a review");
  const ArticleId b = pages.Add("Storm", "Politics\nLeave a review");
  const ArticleId c = pages.Add("Alex Arden", "Leave a review");
  const ArticleId other = pages.Add("Home\nPolitics", "Share this page");
  const std::vector<uint32_t> sources = pages.Sources();
  CHECK(sources[a] == sources[b]);
  CHECK(sources[a] == sources[c]);
  CHECK(sources[a] != sources[other]);
}

TEST_CASE("one label in common, or two of one word, is no outlet",
          "[boilerplate]") {
  FramedPages pages;
  SECTION("one") {
    pages.Add("Home", "Leave a review here");
    pages.Add("Start", "Leave a review here");
  }
  SECTION("two words") {
    pages.Add("Home", "Politics");
    pages.Add("Home", "Politics");
  }
  SECTION("two among many others") {
    for (const char* kind : {"red", "blue", "red", "blue"}) {
      std::string bottom = "Leave a review\nShare this page";
      for (int i = 0; i < 9; ++i) {
        bottom += std::string("\n") + kind + " label " + "abcdefghi"[i];
      }
      pages.Add("", bottom);
    }
    const std::vector<uint32_t> sources = pages.Sources();
    CHECK(sources[0] == sources[2]);
    CHECK(sources[1] == sources[3]);
  }
  const std::vector<uint32_t> sources = pages.Sources();
  CHECK(sources[0] != sources[1]);
}

TEST_CASE("an outlet without a name finds its pages among those of others",
          "[boilerplate]") {
  FramedPages pages;
  std::vector<ArticleId> own;
  for (int i = 0; i < 60; ++i) {
    const std::string kind = std::to_string(i % 5);
    const std::string outlet = "Paper " + std::string(1, "abcde"[i % 5]);
    pages.Add(outlet + " of the north\nPolitics",
              "Write to paper " + std::string(1, "abcde"[i % 5]) + " today",
              i % 2 == 0 ? "outlet" + kind : "");
    if (i % 20 == 7) own.push_back(pages.Add("Politics", "Leave a review"));
  }
  const std::vector<uint32_t> sources = pages.Sources();
  CHECK(std::ranges::count(sources, sources[own[0]]) == 3);
  CHECK(sources[own[1]] == sources[own[0]]);
  CHECK(sources[own[2]] == sources[own[0]]);
  const auto flags = pages.Flag();
  for (const ArticleId page : own) {
    const auto num_flags = std::ranges::count_if(
        flags, [&](const FlaggedLine& f) { return f.article == page; });
    CHECK(num_flags == 2);
  }
}

TEST_CASE("a page without a source is never taken for one of a source",
          "[boilerplate]") {
  FramedPages pages;
  const ArticleId named =
      pages.Add("Home of the paper", "Leave a review", "gazette");
  const std::string body = "The bridge will stay closed for the winter.";
  const ArticleId victim =
      pages.Add("Home of the paper\n" + body, "Leave a review", "gazette");
  for (int i = 0; i < 5; ++i) {
    pages.Add("Home of the paper\n" + body, "Leave a review");
  }
  const std::vector<uint32_t> sources = pages.Sources();
  CHECK(sources[named] == sources[victim]);
  CHECK(std::ranges::count(sources, sources[named]) == 2);
  for (const FlaggedLine& flag : pages.Flag()) {
    if (flag.article == victim) CHECK(flag.line != 2);
  }
}

TEST_CASE("of pages without a source no line goes that one has alone",
          "[boilerplate]") {
  const std::string heading = "What we know so far\n";
  const std::string foot = "Ask our reporters here";
  const std::string own = GENERATE("Rivers rose by a metre\n",
                                   "Read also today: the dams opened\n");
  CAPTURE(own);
  for (const char* source : {"", "gazette"}) {
    FramedPages pages;
    const ArticleId victim = pages.Add("", heading + own + foot, source);
    for (const char* end : {"a bridge", "two roads", "the weather"}) {
      const std::string template_line =
          own.starts_with("Read")
              ? "Read also today: " + std::string(end) + "\n"
              : "";
      pages.Add("", heading + template_line + foot, source);
    }
    const auto flags = pages.Flag();
    const auto num_flags = std::ranges::count_if(
        flags, [&](const FlaggedLine& f) { return f.article == victim; });
    CHECK(num_flags == (*source == '\0' ? 2 : 3));
  }
}

TEST_CASE("pages without labels are each a source, wire copy among them",
          "[boilerplate]") {
  FramedPages pages;
  const std::string wire =
      "The ministers met behind closed doors on the northern island and agreed "
      "to meet again before the winter.";
  for (int i = 0; i < 2; ++i) pages.Add("", wire);
  const std::vector<uint32_t> sources = pages.Sources();
  CHECK(sources[0] != sources[1]);
  const auto flags = pages.Flag();
  REQUIRE(flags.size() == 2);
  CHECK(flags[0].line_class == LineClass::kSyndicated);
}

}  // namespace
}  // namespace storyfold
