// `background`, and `run` with the word table that it prints.

#include <string>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("background prints how common words are, and run reads it", "[cli]") {
  const std::string feed = R"({"id":"a","text":"Ferry talks in Ansel"})"
                           "\n"
                           R"({"id":"b","text":"Talks about bank rates"})"
                           "\n"
                           R"({"id":"c","text":"Bank talks fail"})"
                           "\n";
  const std::string words = Output({"background"}, feed);
  CHECK(words ==
        "# word, and articles in 100,000 that use it\n"
        "talk\t100000\n"
        "bank\t66667\n");
  CHECK(Output({"background", "--num-words", "1"}, feed) ==
        "# word, and articles in 100,000 that use it\n"
        "talk\t100000\n");

  const TempFolder folder;
  WriteFile(folder / "words.tsv", words);
  // Two headlines with "talks": a telling word unless all news is full of it.
  const std::string headlines = R"({"id":"a","title":"Talks fail"})"
                                "\n"
                                R"({"id":"b","title":"Talks open"})"
                                "\n"
                                R"({"id":"c","title":"Ferry sinks"})"
                                "\n"
                                R"({"id":"d","title":"Budget passes"})"
                                "\n";
  WriteFile(folder / "none.tsv", "");
  CHECK(LinesOf(Output({"stories", "--words", folder / "none.tsv"}, headlines))
            .size() == 3);
  CHECK(LinesOf(Output({"stories", "--words", folder / "words.tsv"}, headlines))
            .size() == 4);
}

TEST_CASE("a word table that cannot be read is an error", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "words.tsv";
  const auto error = [&] {
    const ProcessResult result =
        RunTool({"stories", "--words", path, "-"}, kFeed);
    CHECK(result.exit_code == 1);
    CHECK(result.out == "");
    return result.err;
  };
  CHECK_THAT(error(), ContainsSubstring("words.tsv: No such file"));
  WriteFile(path, "talk\t5\nferry\n");
  CHECK_THAT(error(), ContainsSubstring("words.tsv:2: not a word, a tab"));
}

}  // namespace
}  // namespace storyfold
