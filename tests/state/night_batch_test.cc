// What of a night is compared, and what stays as it was.

#include "state/night_batch.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "catch.h"
#include "pipeline/fold.h"
#include "state/catalogue.h"
#include "state/schema.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("articles that are not compared stay copies of whom they were",
          "[state]") {
  const TempFolder folder;
  const StateFiles files(folder / "state");
  UpdateWith(files.folder(), StreamNight(1));
  UpdateWith(files.folder(), StreamNight(2));
  WriteFile(folder / "3.jsonl", StreamNight(3));
  const std::vector<std::string> inputs = {folder / "3.jsonl"};
  const auto crawl = ReadCrawl(inputs, ReadOptions());
  REQUIRE(crawl.ok());
  auto state = OpenForDryRun(files);
  REQUIRE(state.ok());
  Database& database = state->database;
  auto window = LoadWindow(files, database, {});
  REQUIRE(window.ok());
  const size_t num_stored = window->rows.size();
  const NightSurroundings around = {*std::move(window), {}, {}};
  const NightBatch batch =
      MakeNightBatch(around, *CompareWithStored(crawl->articles, database),
                     *crawl, NightClock({}, {LastClock(database)}));
  CHECK(batch.num_compared == crawl->articles.size());
  REQUIRE(batch.size() == batch.num_compared + num_stored);

  const PipelineOptions options;
  const CleanedCopies found = FindCleanCopies(batch.Compared(), options, {});
  const auto clusters =
      KeepClusters(files, database, batch, found, options.duplicates);
  REQUIRE(clusters.ok());

  size_t num_copies = 0;
  for (size_t a = batch.num_compared; a < batch.size(); ++a) {
    const ArticleRow& row = batch.rows[a];
    const ArticleId representative = clusters->representative[a];
    CHECK(clusters->ids.ids[a] == row.cluster);
    CHECK(batch.rows[representative].cluster == row.cluster);
    CHECK(batch.rows[representative].is_representative);
    num_copies += representative != a;
  }
  CHECK(num_copies > 0);
  CHECK(clusters->ids.moves.empty());
}

// Returns a report with a text that nothing else has, in March 2031.
NightRecord ReportOfDay(const std::string& id, int day) {
  Random random(7);
  return {.id = id,
          .text = RandomText(random, 120, 9'000'000),
          .published = "2031-03-" + std::to_string(10 + day) + "T12:00:00Z"};
}

// The same with other first words.
NightRecord EditedReport(const std::string& id, int day) {
  NightRecord record = ReportOfDay(id, day);
  Random random(8);
  record.text =
      RandomText(random, 30, 9'000'000) + " " +
      record.text.substr(record.text.find(' ', record.text.size() / 4));
  return record;
}

// A cluster of `old`, which stands for it, and `late`, a copy of five days
// later; and a night with a copy of `old` in whose window `late` is not
// compared, or in whose window both are, and compared.
class NightWithCopy {
 public:
  explicit NightWithCopy(const NightRecord& tonight = ReportOfDay("tonight",
                                                                  10),
                         bool compares_all = false)
      : files_(folder_ / "state") {
    UpdateWith(files_.folder(), AsJsonLines({ReportOfDay("old", 0)}));
    UpdateWith(files_.folder(), AsJsonLines({ReportOfDay("late", 5)}));
    WriteFile(folder_ / "3.jsonl", AsJsonLines({tonight}));
    const std::vector<std::string> inputs = {folder_ / "3.jsonl"};
    crawl_ = ReadCrawl(inputs, ReadOptions()).value();
    state_.emplace(OpenForDryRun(files_).value());
    Database& database = state_->database;
    const NightClock clock({}, {LastClock(database)});
    const int64_t window_begin = clock.now() - 86'400 * (compares_all ? 30 : 1);
    around_.window = LoadWindow(files_, database, {window_begin}).value();
    if (compares_all) {
      for (const ArticleRow& row : around_.window.rows) {
        around_.compared.push_back(row.number);
      }
    }
    batch_ = MakeNightBatch(
        around_, *CompareWithStored(crawl_.articles, database), crawl_, clock);
    batch_.window_begin = window_begin;
  }

  const NightBatch& batch() const { return batch_; }
  LastingClusters Clusters() {
    const PipelineOptions options;
    const CleanedCopies found = FindCleanCopies(batch_.Compared(), options, {});
    return KeepClusters(files_, state_->database, batch_, found,
                        options.duplicates)
        .value();
  }

 private:
  TempFolder folder_;
  StateFiles files_;
  Crawl crawl_;
  std::optional<ReadableState> state_;
  NightSurroundings around_;  // what the batch points at
  NightBatch batch_;
};

TEST_CASE("a copy from before the window takes no id from who is not compared",
          "[state]") {
  NightWithCopy night;
  REQUIRE(night.batch().size() == 2);
  REQUIRE(night.batch().num_compared == 1);
  const uint32_t cluster = night.batch().rows[1].cluster;
  const LastingClusters clusters = night.Clusters();
  CHECK(clusters.ids.ids == std::vector<uint32_t>{cluster, cluster});
  CHECK(clusters.ids.moves.empty());
}

TEST_CASE("a copy is as similar as it is to who stands for it, compared or not",
          "[state]") {
  CHECK(NightWithCopy().Clusters().similarity[0] == 1);
  NightWithCopy night(EditedReport("tonight", 10));
  const LastingClusters clusters = night.Clusters();
  REQUIRE(clusters.ids.ids[0] == night.batch().rows[1].cluster);
  CHECK(clusters.similarity[0] > 0.5);
  CHECK(clusters.similarity[0] < 0.95);
}

TEST_CASE("who stands for a cluster and is not compared goes on to do so",
          "[state]") {
  NightWithCopy night;
  REQUIRE_FALSE(night.batch().rows[1].is_representative);
  CHECK(NewRepresentatives(night.batch(), night.Clusters()).empty());
}

TEST_CASE("where all of a cluster are compared one of them stands for it",
          "[state]") {
  NightWithCopy night(ReportOfDay("tonight", 10), /*compares_all=*/true);
  REQUIRE(night.batch().num_compared == 3);
  const LastingClusters clusters = night.Clusters();
  CHECK(NewRepresentatives(night.batch(), clusters) ==
        std::vector<ArticleId>{clusters.representative[0]});
}

TEST_CASE("stored articles come before those of tonight, by number",
          "[state]") {
  NightBatch batch;
  LastingClusters clusters;
  // Compared, of tonight, not compared.
  for (const int64_t number : {2, 0, 1}) {
    clusters.representative.push_back(static_cast<ArticleId>(batch.size()));
    clusters.bound_story.push_back(kNoId);
    batch.articles.emplace_back();
    batch.rows.emplace_back().number = number;
    batch.in_crawl.push_back(number == 0 ? 0 : NightBatch::kStored);
  }
  batch.of_tonight = {1};
  batch.replaced.assign(batch.size(), false);
  batch.num_compared = 2;
  auto database = Database::Open("", Database::Mode::kWrite);
  REQUIRE(database.ok());
  REQUIRE(PrepareSchema(*database).ok());
  const ActiveArticles active =
      ChooseActive(batch, clusters, RemovedLines(), *database);
  CHECK(active.in_batch == std::vector<ArticleId>{2, 0, 1});
}

}  // namespace
}  // namespace storyfold
