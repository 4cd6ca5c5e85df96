// What holds in a window that is too large to be read as a whole.

#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "storyfold/state.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// Returns night n of events that are told in two nights each, by three outlets:
// nine words recur in what is told of one.
std::string EventNight(int night) {
  Random random(static_cast<uint64_t>(night));
  std::vector<NightRecord> records;
  for (int event = night - 1; event <= night; ++event) {
    for (int outlet = 0; outlet < 3; ++outlet) {
      std::string text = RandomText(random, 60, 9'000'000);
      for (int word = 0; word < 18; ++word) {
        text += " event" + std::to_string(event) + "word" +
                std::to_string(word % 9);
      }
      records.push_back(
          {.id = "e" + std::to_string(night) + "-" + std::to_string(event) +
                 "-" + std::to_string(outlet),
           .text = text,
           .source = "outlet" + std::to_string(outlet),
           .published = "2031-03-1" + std::to_string(night) + "T06:00:00Z"});
    }
  }
  return AsJsonLines(records);
}

// Returns the stories of the articles of events, each named by its first.
std::map<std::string, std::string> EventStoriesIn(const std::string& state) {
  std::map<std::string, std::string> first_of;
  std::map<std::string, std::string> stories;
  for (const auto& [id, story] : StoriesIn(state)) {
    if (!id.starts_with('e')) continue;
    stories[id] = first_of.try_emplace(story, id).first->second;
  }
  return stories;
}

TEST_CASE("nights in a large window make the stories of one batch of all",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  std::string all = LargeNight();
  UpdateWith(state, all);
  for (int night = 1; night <= 4; ++night) {
    CAPTURE(night);
    const auto before = StoriesIn(state);
    const UpdateResult result = UpdateWith(state, EventNight(night));
    // What nothing new came near was not read, and is as it was.
    CHECK(result.window_articles < 100);
    CHECK(result.Count(StoryEvent::kGrew) == (night == 1 ? 0 : 1));
    const auto after = StoriesIn(state);
    for (const auto& [id, story] : before) CHECK(after.at(id) == story);
    all += EventNight(night);
  }
  const std::string batch = folder / "batch";
  UpdateWith(batch, all);
  CHECK(EventStoriesIn(state) == EventStoriesIn(batch));
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("a pin that is taken back is followed in a large window, too",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, LargeNight());
  REQUIRE(PinArticles(state, "a1", "a4000", true).ok());
  UpdateWith(state, "");
  REQUIRE(StoriesIn(state).at("a1") == StoriesIn(state).at("a4000"));
  REQUIRE(UnpinArticles(state, "a1", "a4000").ok());
  UpdateWith(state, "");
  CHECK(StoriesIn(state).at("a1") != StoriesIn(state).at("a4000"));
}

TEST_CASE("copies that very many outlets print in one night are found",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  Random random(6);
  NightRecord article = {.id = "wire",
                         .text = RandomText(random, 200, 20'000),
                         .published = "2031-03-10T12:00:00Z"};
  UpdateWith(state, LargeNight() + AsJsonLines({article}));
  std::vector<NightRecord> copies;
  for (int outlet = 0; outlet < 150; ++outlet) {
    article.id = "copy" + std::to_string(outlet);
    article.published = "2031-03-11T06:00:00Z";
    copies.push_back(article);
  }
  CHECK(UpdateWith(state, AsJsonLines(copies)).copies == copies.size());
}

}  // namespace
}  // namespace storyfold
