// What the nights of a state go by, from the first one on.

#include "state/settings.h"

#include <filesystem>
#include <map>
#include <set>

#include "catch.h"
#include "embedding/builtin_embedder.h"
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
  WriteFile(folder / "c.toml", "granularity=1\n");
  CHECK(coarse == explain({"--config", folder / "c.toml"}));
  const ProcessResult second = RunTool(
      {"update", "-", "--state", state, "--granularity", "1"}, StreamNight(2));
  CHECK_THAT(second.err,
             ContainsSubstring("from this night on: --granularity 1 "
                               "(was -1)"));
  CHECK(explain({}) != coarse);
}

TEST_CASE("explain says where the stories of a state are of other settings",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const auto update = [&](const char* granularity) {
    return RunTool({"update", "-", "--state", state, "--granularity",
                    granularity, "--quiet"},
                   StreamNight(1))
        .exit_code;
  };
  const auto explain = [&] {
    return RunTool({"explain", "a1-3-1", "a1-3-2", "--from", state, "--quiet"})
        .out;
  };
  REQUIRE(update("-1") == 0);
  CHECK_THAT(explain(), !ContainsSubstring("The state has it otherwise"));
  REQUIRE(update("1") == 0);  // nothing new: stories stay
  const std::string after = explain();
  CHECK_THAT(after, ContainsSubstring("B in the same"));
  CHECK_THAT(after, ContainsSubstring("Story: two DIFFERENT ones"));
  CHECK_THAT(after, ContainsSubstring("The state has it otherwise"));
}

// Says that texts of one first word are alike.
class FirstWordEmbedder : public Embedder {
 public:
  explicit FirstWordEmbedder(const std::string& name) {
    info_.name = name;
    info_.version = "1";
    info_.fingerprint = "a file of 8 bytes";
    info_.dimension = 2;
  }
  const EmbedderInfo& info() const override { return info_; }
  absl::Status Embed(std::span<const std::string> texts,
                     std::span<float> rows) override {
    for (size_t i = 0; i < texts.size(); ++i) {
      rows[2 * i + (texts[i].starts_with("a") ? 0 : 1)] = 1;
    }
    num_texts += texts.size();
    return absl::OkStatus();
  }

  size_t num_texts = 0;

 private:
  EmbedderInfo info_;
};

UpdateOptions With(Embedder* embedder) {
  return {StateSettings(), false, embedder};
}

TEST_CASE("a state goes by the model it was made with, and takes no other",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  FirstWordEmbedder one("one");
  FirstWordEmbedder two("two");
  CHECK(UpdateWith(state, StreamNight(1), With(&one)).changed_settings.empty());
  CHECK(SettingsOf(state).model->starts_with("one 1 ("));
  const std::string before = ContentOf(state);
  WriteFile(folder / "2.jsonl", StreamNight(2));
  const std::vector<std::string> inputs = {folder / "2.jsonl"};
  const auto crawl = ReadCrawl(inputs, ReadOptions());
  REQUIRE(crawl.ok());
  const auto refused = UpdateState(state, *crawl, With(&two));
  CHECK_THAT(std::string(refused.status().message()),
             ContainsSubstring("the state goes by the model one 1 (") &&
                 ContainsSubstring(", not by two 1 ("));
  const auto missing = UpdateState(state, *crawl, {});
  CHECK_THAT(std::string(missing.status().message()),
             ContainsSubstring("none is installed or given"));
  CHECK(ContentOf(state) == before);

  CHECK(UpdateWith(state, StreamNight(2), With(&one)).changed_settings.empty());
  const auto changed =
      UpdateWith(state, StreamNight(3), With(nullptr)).changed_settings;
  REQUIRE(changed.size() == 1);
  CHECK_THAT(changed[0], ContainsSubstring("--no-model (was one 1 ("));
  CHECK(SettingsOf(state).model->empty());
  UpdateWith(state, StreamNight(4));
}

TEST_CASE("a state without a model takes one where a night is given it",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  FirstWordEmbedder model("one");
  const UpdateResult second = UpdateWith(state, StreamNight(2), With(&model));
  REQUIRE(second.changed_settings.size() == 1);
  CHECK_THAT(second.changed_settings[0], ContainsSubstring("--model one 1 (") &&
                                             ContainsSubstring(") (was none)"));
  // The window is read as a whole.
  CHECK(second.window_articles == second.stored_articles);
}

TEST_CASE("the tool goes on with the model of a state", "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const std::map<std::string, std::string> nothing_installed = {
      {"XDG_DATA_HOME", folder / "data"}};
  const auto update = [&](int night, std::vector<std::string> flags) {
    std::vector<std::string> command = {"update", "-", "--state", state};
    command.insert(command.end(), flags.begin(), flags.end());
    return RunTool(command, StreamNight(night), nothing_installed);
  };
  CHECK_THAT(update(1, {"--model", "builtin"}).err,
             ContainsSubstring("articles: builtin 1"));
  CHECK_THAT(update(2, {}).err, ContainsSubstring("articles: builtin 1"));
  CHECK(SettingsOf(state).model == "builtin 1");
  const ProcessResult missing = update(3, {"--model", folder / "model"});
  CHECK(missing.exit_code == 1);
  CHECK_THAT(missing.err, ContainsSubstring(folder / "model"));
  CHECK_THAT(update(3, {"--no-model"}).err,
             ContainsSubstring("from this night on: --no-model (was builtin "
                               "1)"));
  CHECK_THAT(RunTool({"state", "info", state}).out,
             ContainsSubstring("by words alone"));
  CHECK(update(4, {"--vector-field", "v"}).exit_code == 2);
}

TEST_CASE("nights with a model find the stories that one batch finds",
          "[state]") {
  const auto model = MakeBuiltinEmbedder();
  const TempFolder folder;
  std::string all;
  for (int night = 1; night <= 3; ++night) {
    UpdateWith(folder / "nights", StreamNight(night), With(model.get()));
    all += StreamNight(night);
  }
  UpdateWith(folder / "batch", all, With(model.get()));
  const auto one_by_one = StoriesIn(folder / "nights");
  const auto batch = StoriesIn(folder / "batch");
  REQUIRE(one_by_one.size() == batch.size());
  std::map<std::string, std::string> same;
  for (const auto& [id, story] : one_by_one) {
    CAPTURE(id);
    CHECK(same.try_emplace(story, batch.at(id)).first->second == batch.at(id));
  }
  std::set<std::string> stories;
  for (const auto& [id, story] : batch) stories.insert(story);
  CHECK(same.size() == stories.size());
}

}  // namespace
}  // namespace storyfold
