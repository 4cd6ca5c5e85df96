// What the nights of a state go by, from the first one on.

#include "state/settings.h"

#include <filesystem>

#include "catch.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

StateSettings SettingsOf(const std::string& state) {
  return ReadStateInfo(state)->settings;
}

UpdateOptions With(const StateSettings& settings) { return {settings, false}; }

TEST_CASE("a state keeps the settings it was made with", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1),
             With({.window_days = 3,
                   .granularity = 0.5,
                   .min_texts = 4,
                   .words = {{{"event", 0.25}}}}));
  const auto check = [&] {
    const StateSettings settings = SettingsOf(state);
    CHECK(settings.window_days == 3.0);
    CHECK(settings.granularity == 0.5);
    CHECK(settings.min_texts == 4u);
    CHECK(settings.max_bucket == DuplicateOptions().max_bucket);
    REQUIRE(settings.words);
    CHECK((*settings.words)[0].word == "event");
    CHECK((*settings.words)[0].share == 0.25);
  };
  check();
  CHECK(UpdateWith(state, StreamNight(2)).changed_settings.empty());
  check();
  // The same said again is no change.
  CHECK(UpdateWith(state, StreamNight(3), With({.granularity = 0.5}))
            .changed_settings.empty());
}

TEST_CASE("a setting that is given to a later night is changed and told",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const UpdateResult second =
      UpdateWith(state, StreamNight(2), With({.window_days = 2}));
  CHECK(second.changed_settings ==
        std::vector<std::string>{"--window 2 (was 7)"});
  const UpdateResult third =
      UpdateWith(state, StreamNight(3), With({.words = {{{"event", 0.5}}}}));
  CHECK(third.changed_settings ==
        std::vector<std::string>{"--words other ones than before"});
  CHECK(SettingsOf(state).window_days == 2.0);
  auto database =
      Database::Open(state + "/state.db", Database::Mode::kReadOnly);
  REQUIRE(database.ok());
  CHECK(database->Number("SELECT night FROM settings "
                         "WHERE setting = 'window_days' AND value = 2") == 2);
}

TEST_CASE("a setting that makes no sense changes nothing", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::string before = ContentOf(state);
  for (const auto& [flag, value] :
       {std::pair("--window", "0"), {"--granularity", "2"}}) {
    const ProcessResult result =
        RunTool({"update", "-", "--state", state, flag, value}, StreamNight(2));
    CHECK(result.exit_code != 0);
    CHECK(ContentOf(state) == before);
  }
}

TEST_CASE("a setting that makes no sense makes no state", "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const ProcessResult result = RunTool(
      {"update", "-", "--state", state, "--window", "0"}, StreamNight(1));
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, ContainsSubstring("window"));
  WriteFile(folder / "1.jsonl", StreamNight(1));
  const std::vector<std::string> inputs = {folder / "1.jsonl"};
  const auto crawl = ReadCrawl(inputs, ReadOptions());
  REQUIRE(crawl.ok());
  for (const StateSettings& settings :
       {StateSettings{.window_days = 0}, StateSettings{.granularity = 2}}) {
    CHECK_FALSE(UpdateState(state, *crawl, With(settings)).ok());
  }
  CHECK_FALSE(std::filesystem::exists(state));
}

TEST_CASE("settings given on a night with nothing new hold from the next on",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const auto update = [&](int night, std::vector<std::string> flags) {
    std::vector<std::string> command = {"update", "-", "--state", state};
    command.insert(command.end(), flags.begin(), flags.end());
    return RunTool(command, StreamNight(night));
  };
  CHECK(update(1, {"--window", "0"}).exit_code == 2);
  const ProcessResult nothing_new = update(1, {"--granularity", "0.9"});
  CHECK(nothing_new.exit_code == 0);
  CHECK_THAT(nothing_new.err,
             ContainsSubstring("nothing new: the stories are as they were"));
  CHECK_THAT(
      nothing_new.err,
      ContainsSubstring("from the next night on: --granularity 0.9 (was 0)"));
  CHECK(SettingsOf(state).granularity == 0.9);
  CHECK(UpdateWith(state, StreamNight(2)).changed_settings.empty());
  CHECK(SettingsOf(state).granularity == 0.9);
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("a dry run tells what settings would hold, and keeps none",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const ProcessResult result = RunTool(
      {"update", "-", "--dry-run", "--state", state, "--min-similarity", "0.5"},
      StreamNight(2));
  CHECK_THAT(result.err, ContainsSubstring("would hold from this night on: "
                                           "--min-similarity 0.5 (was "));
  CHECK(SettingsOf(state).min_similarity ==
        DuplicateOptions().min_cluster_similarity);
}

TEST_CASE("explain goes by the settings of the state", "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const ProcessResult first = RunTool(
      {"update", "-", "--state", state, "--granularity", "-1", "--quiet"},
      StreamNight(1));
  REQUIRE(first.exit_code == 0);
  const auto explain = [&](std::vector<std::string> flags) {
    std::vector<std::string> command = {"explain", "a1-1-1", "a1-2-1",
                                        "--from",  state,    "--quiet"};
    command.insert(command.end(), flags.begin(), flags.end());
    return RunTool(command).out;
  };
  const std::string coarse = explain({});
  CHECK(coarse == explain({"--granularity", "1"}));
  const ProcessResult second = RunTool(
      {"update", "-", "--state", state, "--granularity", "1"}, StreamNight(2));
  CHECK_THAT(second.err,
             ContainsSubstring("from this night on: --granularity 1 "
                               "(was -1)"));
  CHECK(explain({}) != coarse);
}

}  // namespace
}  // namespace storyfold
