#include "state/night_lines.h"

#include <string>
#include <vector>

#include "catch.h"
#include "pipeline/fold.h"
#include "state/schema.h"
#include "state/state_folder.h"
#include "support/corpus.h"
#include "support/line_state_bytes.h"
#include "support/process.h"

namespace storyfold {
namespace {

constexpr int64_t kNow = 1931428800;  // 2031-03-16

// A batch of articles that are stored, each in its cluster.
struct Batch {
  void Add(const std::string& text, uint32_t cluster, bool is_representative) {
    corpus.Add({.text = text, .source = "harborlight.example"});
    batch.articles = corpus.articles();
    ArticleRow row;
    row.cluster = cluster;
    row.is_representative = is_representative;
    row.number = static_cast<int64_t>(batch.rows.size()) + 1;
    batch.rows.push_back(row);
    batch.in_crawl.push_back(NightBatch::kStored);
    batch.num_compared = batch.rows.size();
    numbers.push_back(static_cast<uint32_t>(row.number));
    clusters.ids.push_back(row.cluster);
  }

  // Counts the lines as of a batch where the articles have these
  // representatives.
  NightLines Count(const StateFiles& files, Database& database,
                   const std::vector<ArticleId>& representative) const {
    CleanedCopies found = FindCleanCopies(batch.articles, {}, {});
    found.copies.representative = representative;
    auto before = ReadLinesOfLastNight(files, database).Take();
    REQUIRE(before.ok());
    return CountNightLines(*std::move(before),
                           {batch, found, clusters, numbers, kNow}, {});
  }

  Corpus corpus;
  NightBatch batch;
  LastingIds clusters;
  std::vector<uint32_t> numbers;
};

// A page with a line in its middle that is boilerplate in three texts.
std::string PageAbout(int subject) {
  Random random(static_cast<uint64_t>(subject));
  std::string page = RandomText(random, 120, 1'000'000);
  page += "\nRead all of the Harbor Light for a crown a week.";
  for (int line = 0; line < 3; ++line) {
    page += "\n" + RandomText(random, 5, 1'000'000) + ".";
  }
  return page;
}

TEST_CASE("the name of a cluster that merges is that of its representative",
          "[state]") {
  const TempFolder folder;
  const StateFiles files(folder.path());
  auto database = Database::Open(files.Catalogue(), Database::Mode::kWrite);
  REQUIRE(database.ok());
  REQUIRE(PrepareSchema(*database).ok());
  Random random(77);
  const std::string other = RandomText(random, 120, 1'000'000);
  Batch batch;
  batch.Add(PageAbout(1), 1, true);
  batch.Add(other, 2, false);
  batch.Add(PageAbout(1), 2, true);
  const NightLines first = batch.Count(files, *database, {0, 2, 2});
  const std::string bytes = BytesOf(first.state);
  WriteFile(files.LinesFile(1), bytes);
  Statement night = database->Prepare(
      "INSERT INTO nights (night, new, changed, changes_checksum, "
      "lines_checksum) VALUES (1, 3, 0, 0, ?)");
  night.With(ChecksumOf(bytes)).Run();
  REQUIRE(database->ok());
  // Both clusters are one now; `other` has a text of its own in it.
  batch.clusters.ids = {1, 1, 1};
  batch.clusters.moves = {{2, 1, {1, 2}, true}};
  batch.Add(PageAbout(2), 3, true);
  const NightLines second = batch.Count(files, *database, {0, 0, 0, 3});
  // Two texts have the line, whatever the stored ones were called.
  CHECK(second.removed.Of(3).empty());
  CHECK(second.late.empty());
}

}  // namespace
}  // namespace storyfold
