#include "boilerplate/source_report.h"

#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

TEST_CASE("a report says how often a source printed a line, and since when",
          "[boilerplate]") {
  Random random(7);
  Corpus corpus;
  const auto add = [&](const std::string& source, const std::string& label,
                       int64_t published) {
    corpus.Add({"", "", RandomText(random, 40, 100'000'000) + "\n" + label,
                source, published});
  };
  add("herald", "Read the herald", 0);
  add("gazette", "Write to us", 300);
  add("gazette", "Write to us\nPage 7 of the gazette", 100);
  add("gazette", "Write to us\nPage 12 of the gazette", 200);
  add("gazette", "Write to us\nPage 9 of the gazette", 0);
  const LineTable table = ReadLines(corpus.articles());
  const std::vector<uint32_t> texts = {0, 1, 2, 3, 3};  // 4 is a copy of 3
  const LineEvidence evidence(table, {texts}, {});
  const auto reports =
      ReportLines(corpus.articles(), texts, evidence, FlagLines(evidence));
  REQUIRE(reports.size() == 2);
  CHECK(reports[0].first_article == 1);
  CHECK(reports[0].articles == 4);
  CHECK(reports[1].first_article == 0);
  CHECK(reports[1].lines.empty());
  REQUIRE(reports[0].lines.size() == 2);
  const PrintedLine& first = reports[0].lines[0];
  CHECK(first.articles == 4);
  CHECK(first.texts == 3);
  CHECK(first.first == 100);
  CHECK(first.last == 300);
  CHECK(first.article == 1);
  CHECK(first.line == 5);
  const PrintedLine& second = reports[0].lines[1];
  CHECK(second.articles == 3);
  CHECK(second.texts == 2);
  CHECK(second.last == 200);
}

}  // namespace
}  // namespace storyfold
