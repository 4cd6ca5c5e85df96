#include "state/night_terms.h"

#include <filesystem>

#include "catch.h"
#include "pipeline/fold.h"
#include "state/catalogue.h"
#include "state/incoming.h"
#include "state/night_batch.h"
#include "state/night_clock.h"
#include "state/night_stories.h"
#include "state/window.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

const std::vector<TermCount> kFew = {{3, 2, 9, 1}, {5, 1, 1, 0}};
const std::vector<TermCount> kOthers = {
    {1, 4, 4, 4}, {5, 2, 3, 1}, {9, 1, 1, 1}};

const std::vector<HeavyTerm> kHeavy = {{1, 7, 0.5f}, {1, 8, 0.25f}, {4, 7, 1}};

TEST_CASE("the words of a night come back as they went in", "[state]") {
  const NightTerms terms = {7, kFew, kHeavy};
  const auto decoded = DecodeNightTerms(Encode(terms));
  REQUIRE(decoded.ok());
  CHECK(*decoded == terms);
  CHECK(*DecodeNightTerms(Encode({})) == NightTerms());
}

TEST_CASE("heavy terms stand where they weigh most first, whoever wrote them",
          "[state]") {
  const std::vector<HeavyTerm> by_article = {
      {1, 7, 0.25f}, {1, 8, 0.5f}, {1, 9, 0.25f}};
  const auto decoded = DecodeNightTerms(Encode({7, kFew, by_article}));
  REQUIRE(decoded.ok());
  CHECK(decoded->heavy ==
        std::vector<HeavyTerm>{{1, 8, 0.5f}, {1, 7, 0.25f}, {1, 9, 0.25f}});
}

TEST_CASE("words of a night that were made to do harm are an error",
          "[state]") {
  const std::string bytes = Encode({7, kFew, kHeavy});
  for (size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(DecodeNightTerms(bytes.substr(0, size)).ok());
  }
  CHECK_FALSE(DecodeNightTerms(Encode({7, kFew, {{1, 1, 2}}})).ok());
  CHECK_FALSE(DecodeNightTerms(bytes + "x").ok());
  CHECK_FALSE(DecodeNightTerms(Encode({7, kFew, {{2, 1, 1}, {1, 1, 1}}})).ok());
  CHECK_FALSE(DecodeNightTerms(Encode({7, {{5}, {3}}, {}})).ok());
  Random random(5);
  for (int k = 0; k < 2000; ++k) {
    std::string damaged = bytes;
    damaged[8 + random.Below(24)] = static_cast<char>(random.Below(256));
    (void)DecodeNightTerms(damaged);  // an error or not, no crash
  }
}

TEST_CASE("counts of nights are added and taken away", "[state]") {
  const std::vector<TermCount> sum = {
      {1, 4, 4, 4}, {3, 2, 9, 1}, {5, 3, 4, 1}, {9, 1, 1, 1}};
  CHECK(Add(kFew, kOthers) == sum);
  CHECK(Add(kOthers, kFew) == sum);
  CHECK(Subtract(sum, kFew) == kOthers);
  CHECK(Subtract(kFew, sum).empty());
  CHECK(Add({}, kFew) == kFew);
}

TEST_CASE("words of nights beyond the window are gone", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (int night = 1; night <= 4; ++night) {
    UpdateWith(state, StreamNight(night), {{.window_days = 2}, false});
  }
  const StateFiles files(state);
  const auto is_there = [&](int64_t night) {
    return std::filesystem::exists(files.TermsFile(night));
  };
  CHECK_FALSE(is_there(1));
  CHECK(is_there(3));
  CHECK(is_there(4));
  auto reader = OpenForReading(files);
  REQUIRE(reader.ok());
  const auto all = ReadWindowTerms(files, reader->database, 0);
  REQUIRE(all.ok());
  CHECK(all->unknown_nights == std::vector<int64_t>{1});
  CHECK(all->heavy.size() == 3);
  // Each article that stands for its copies is counted in its night.
  CHECK(all->num_articles == 3 * 8);
}

TEST_CASE("words that only a copy of a stored article has count in its night",
          "[state]") {
  const TempFolder folder;
  const StateFiles files(folder / "state");
  Random random(3);
  const std::string text = RandomText(random, 200, 1'000'000);
  UpdateWith(files.folder(), AsJsonLines({{.id = "a", .text = text}}));
  // Shorter, so that the stored article stands for both.
  UpdateWith(files.folder(), AsJsonLines({{.id = "copy",
                                           .text = "Windmills at Quillhaven. " +
                                                   text.substr(text.size() / 8),
                                           .source = "copier.example"}}));
  REQUIRE(ClustersIn(files.folder()).at("copy") ==
          ClustersIn(files.folder()).at("a"));
  const auto first = DecodeNightTerms(ReadFile(files.TermsFile(1)));
  const auto second = DecodeNightTerms(ReadFile(files.TermsFile(2)));
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CHECK(second->num_articles == 0);
  CHECK(second->counts.size() >= 2);
  // None of the words of the night before again.
  CHECK(Subtract(second->counts, first->counts) == second->counts);
}

// Returns the heavy terms of night 3 of a state where the words of the window
// are these; all stored articles are read.
std::vector<HeavyTerm> HeavyTermsWith(const StateFiles& files,
                                      const Crawl& crawl,
                                      const WindowTerms& terms) {
  auto state = OpenForDryRun(files);
  REQUIRE(state.ok());
  Database& database = state->database;
  auto window = LoadWindow(files, database, {});
  REQUIRE(window.ok());
  std::vector<int64_t> compared;
  for (const ArticleRow& row : window->rows) compared.push_back(row.number);
  const NightSurroundings around = {*std::move(window), compared, {}};
  const Incoming incoming = *CompareWithStored(crawl.articles, database);
  const NightBatch batch = MakeNightBatch(
      around, incoming, crawl, NightClock({}, {LastClock(database)}));
  const PipelineOptions options;
  const CleanedCopies found = FindCleanCopies(batch.articles, options, {});
  const auto clusters =
      KeepClusters(files, database, batch, found, options.duplicates);
  REQUIRE(clusters.ok());
  const RemovedLines removed(std::vector<std::vector<uint32_t>>(batch.size()));
  const std::vector<uint32_t> numbers(batch.size(), 1);
  return FindStories({batch, *clusters, removed, numbers},
                     {terms, options.stories}, database, {})
      .terms.heavy;
}

TEST_CASE("articles of nights without words are not taken from those of others",
          "[state]") {
  const TempFolder folder;
  const StateFiles files(folder / "state");
  UpdateWith(files.folder(), StreamNight(1));
  UpdateWith(files.folder(), StreamNight(2));
  const auto first = DecodeNightTerms(ReadFile(files.TermsFile(1)));
  const auto second = DecodeNightTerms(ReadFile(files.TermsFile(2)));
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  // As if the second night had brought articles with the words of the first,
  // too, that are not read.
  WindowTerms unknown;
  unknown.nights = {2};
  unknown.counts = Add(first->counts, second->counts);
  unknown.num_articles = first->num_articles + second->num_articles;
  WindowTerms known = unknown;
  known.nights = {1, 2};
  known.counts = Add(known.counts, first->counts);
  known.num_articles += first->num_articles;
  WriteFile(folder / "3.jsonl", StreamNight(3));
  const std::vector<std::string> inputs = {folder / "3.jsonl"};
  const auto crawl = ReadCrawl(inputs, ReadOptions());
  REQUIRE(crawl.ok());
  const auto heavy = HeavyTermsWith(files, *crawl, known);
  CHECK_FALSE(heavy.empty());
  CHECK(HeavyTermsWith(files, *crawl, unknown) == heavy);
  CHECK(HeavyTermsWith(files, *crawl, {}) != heavy);
}

}  // namespace
}  // namespace storyfold
