// `dedup`, `pairs` and `clusters` on a small feed, their whole output literal.

#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("dedup prints the records without their copies", "[cli]") {
  CHECK(Output({"dedup"}) == kA + "}\n" + kC + "}\n");
}

TEST_CASE("dedup --mark keeps the copies and marks them", "[cli]") {
  CHECK(Output({"dedup", "--mark"}) ==
        kA +
            R"(,"storyfold":{"cluster":"a","duplicate_of":null,)"
            R"("similarity":1}})"
            "\n" +
            kB +
            R"(,"storyfold":{"cluster":"a","duplicate_of":"a",)"
            R"("similarity":1}})"
            "\n" +
            kC +
            R"(,"storyfold":{"cluster":"c","duplicate_of":null,)"
            R"("similarity":1}})"
            "\n");
}

TEST_CASE("dedup --keep chooses which copy is kept", "[cli]") {
  const std::string kept_a = kA + "}\n" + kC + "}\n";
  const std::string kept_b = kB + "}\n" + kC + "}\n";
  CHECK(Output({"dedup", "--keep", "central"}) == kept_a);
  CHECK(Output({"dedup", "--keep", "longest"}) == kept_a);
  CHECK(Output({"dedup", "--keep", "first"}) == kept_a);
  // 14:05 against 15:05, whatever stands first.
  CHECK(Output({"dedup", "--keep", "earliest"}) == kept_a);
  CHECK(Output({"dedup", "--keep", "earliest"}, kB + "}\n" + kA + "}\n") ==
        kA + "}\n");
  CHECK(Output({"dedup", "--keep", "first"}, kB + "}\n" + kA + "}\n") ==
        kB + "}\n");
  CHECK(Output({"dedup", "--keep", "source-order:q.example"}) == kept_b);
  CHECK(Output({"dedup", "--keep", "source-order:x,h.example,q.example"}) ==
        kept_a);
  CHECK(Output({"dedup", "--keep", "first"}, "") == "");
}

TEST_CASE("dedup --keep --mark names the record that is kept", "[cli]") {
  CHECK(Output({"dedup", "--mark", "--keep", "source-order:q.example"},
               kA + "}\n" + kB + "}\n") ==
        kA +
            R"(,"storyfold":{"cluster":"b","duplicate_of":"b",)"
            R"("similarity":1}})"
            "\n" +
            kB +
            R"(,"storyfold":{"cluster":"b","duplicate_of":null,)"
            R"("similarity":1}})"
            "\n");
}

TEST_CASE("dedup --keep stands in the file of options", "[cli]") {
  const TempFolder folder;
  const ProcessResult printed =
      RunTool({"dedup", "feed", "--keep", "source-order:q.example,h.example",
               "--print-config"});
  REQUIRE(printed.exit_code == 0);
  WriteFile(folder / "config.toml", printed.out);
  CHECK(Output({"dedup", "--config", folder / "config.toml"}) ==
        kB + "}\n" + kC + "}\n");
}

TEST_CASE("dedup of the sample keeps one record of each cluster", "[cli]") {
  const std::vector<std::string> kept =
      LinesOf(Output({"dedup"}, ReadFile(kSample)));
  const std::vector<std::string> clusters =
      LinesOf(Output({"clusters"}, ReadFile(kSample)));
  CHECK(clusters.size() == 185);
  std::set<std::string> representatives;
  for (const std::string& line : clusters) {
    const size_t tab = line.find('\t');
    representatives.insert(
        line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1));
  }
  CHECK(kept.size() == representatives.size());
  // 62 to 144 by the labels; a few of them are hard.
  CHECK(kept.size() > 130);
  CHECK(kept.size() < 160);
}

TEST_CASE("pairs prints the ids, the Jaccard similarity and containment",
          "[cli]") {
  // 22 words against 23: 18 of 19 5-grams are shared.
  CHECK(Output({"pairs"}) == "a\tb\t0.9474\t1.0000\n");
  CHECK(Output({"pairs", "--min-jaccard", "0.95"}) == "");
}

TEST_CASE("a control character in an id does not break a table", "[cli]") {
  CHECK(Output({"clusters"}, "{\"id\":\"a\\tb\\n\",\"text\":\"x\"}\n") ==
        "a\\tb\\n\ta\\tb\\n\t1.0000\n");
  CHECK(Output({"clusters"}, "{\"id\":\"a\\u0000\\u001b\",\"text\":\"x\"}\n") ==
        "a\\x00\\x1b\ta\\x00\\x1b\t1.0000\n");
}

// A bug: a tab and a backslash before a t looked the same.
TEST_CASE("a backslash in an id is two in a table", "[cli]") {
  CHECK(Output({"clusters"}, R"({"id":"a\\tb\\","text":"x"})") == R"(a\\tb\\)"
                                                                  "\t"
                                                                  R"(a\\tb\\)"
                                                                  "\t1.0000\n");
}

TEST_CASE("clusters prints the representative of every article", "[cli]") {
  CHECK(Output({"clusters"}) == "a\ta\t1.0000\nb\ta\t1.0000\nc\tc\t1.0000\n");
}

}  // namespace
}  // namespace storyfold
