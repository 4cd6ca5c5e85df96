// Tested by: tests/state/update_test.cc

#include "state/changes.h"

#include <algorithm>
#include <map>

#include "io/json_text.h"
#include "state/state_folder.h"

namespace storyfold {

std::string_view StoryEventName(StoryEvent event) {
  switch (event) {
    case StoryEvent::kCreated:
      return "created";
    case StoryEvent::kGrew:
      return "grew";
    case StoryEvent::kMerged:
      return "merged";
    case StoryEvent::kSplit:
      return "split";
    case StoryEvent::kClosed:
      return "closed";
    case StoryEvent::kUpdated:
      return "updated";
  }
  return "";
}

size_t UpdateResult::Count(StoryEvent event) const {
  return static_cast<size_t>(
      std::ranges::count(changes, event, &StoryChange::event));
}

std::vector<StoryChange> DescribeChanges(const NightOfStories& night) {
  std::map<uint32_t, std::vector<std::string>> created;
  std::map<uint32_t, std::vector<std::string>> grown;
  std::map<uint32_t, std::vector<std::string>> updated;
  for (size_t i = 0; i < night.ids.size(); ++i) {
    const uint32_t story = night.stories.ids[i];
    if (night.earlier[i] == kNoId) {
      auto& stories = story >= night.first_new_story ? created : grown;
      stories[story].push_back(night.ids[i]);
    }
    if (night.changed[i]) updated[story].push_back(night.ids[i]);
  }
  std::vector<StoryChange> changes;
  const auto add = [&](StoryEvent event, auto& stories) {
    for (auto& [story, ids] : stories) {
      changes.push_back({event, story, kNoId, std::move(ids)});
    }
  };
  add(StoryEvent::kCreated, created);
  add(StoryEvent::kGrew, grown);
  for (const LastingIds::Move& move : night.stories.moves) {
    std::vector<std::string> ids;
    for (const uint32_t thing : move.things) ids.push_back(night.ids[thing]);
    if (move.merged) {
      changes.push_back(
          {StoryEvent::kMerged, move.to, move.from, std::move(ids)});
    } else {
      changes.push_back(
          {StoryEvent::kSplit, move.from, move.to, std::move(ids)});
    }
  }
  add(StoryEvent::kUpdated, updated);
  return changes;
}

std::string ChangeAsJson(int64_t night, const StoryChange& change) {
  std::string out;
  JsonObject json(out);
  json.Add("night", static_cast<size_t>(night));
  json.Add("event", StoryEventName(change.event));
  json.Add("story", StoryName(change.story));
  if (change.other != kNoId) {
    json.Add(change.event == StoryEvent::kSplit ? "into" : "from",
             StoryName(change.other));
  }
  json.AddStrings("articles", change.articles);
  json.Close();
  return out;
}

}  // namespace storyfold
