// What explain says of one story: who is in it and why, what became of it, and
// which stories are near it but apart.
//
// Tested by: tests/state/explain_story_test.cc

#include "cli/explain_story.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>
#include <absl/strings/str_join.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/counted.h"
#include "base/string_view.h"
#include "cli/compare_again.h"
#include "cli/explain_lines.h"
#include "io/times.h"
#include "pipeline/explain_story.h"
#include "state/state_folder.h"
#include "state/stored_story.h"
#include "stories/describe.h"

namespace storyfold {
namespace {

// What is known of a story beside what is compared again.
struct StoryFacts {
  std::string name;
  std::string headline;
  std::string terms;
  size_t num_earlier = 0;         // more articles, that are not compared again
  std::vector<std::string> more;  // lines
  std::function<double(ArticleId)> score_of;
  std::function<std::string(uint32_t)> name_of;  // of another story
};

class StoryWriter : ExplainLines {
 public:
  StoryWriter(std::span<const Article> articles, const StoryFacts& facts)
      : ExplainLines(articles), facts_(facts) {}

  std::string Write(const WholeStoryExplanation& why) {
    Line("Story ", facts_.name, "  \"", facts_.headline, "\"");
    WriteSummary(why);
    for (const std::string& line : facts_.more) Line("  ", line);
    Line();
    Line("Who is in it, and why:");
    for (const MemberExplanation& member : InOrder(why)) WriteMember(member);
    Line();
    WriteNear(why.near);
    return std::move(text_);
  }

 private:
  void WriteSummary(const WholeStoryExplanation& why) {
    std::map<std::string, size_t> outlets;
    std::set<std::string> languages;
    std::optional<int64_t> first;
    std::optional<int64_t> last;
    size_t copies = 0;
    for (const MemberExplanation& member : why.members) {
      const Article& article = articles_[member.article];
      if (!article.source.empty()) ++outlets[std::string(article.source)];
      if (!article.language.empty()) {
        languages.insert(std::string(article.language));
      }
      copies += member.copy_of.has_value();
      const auto time = article.published;
      if (time && (!first || *time < *first)) first = time;
      if (time && (!last || *time > *last)) last = time;
    }
    Line("  ", Counted(why.members.size(), "article"),
         facts_.num_earlier == 0
             ? std::string()
             : absl::StrCat(" and ", facts_.num_earlier, " of before"),
         ", ", Counted(copies, "of them a copy of another", "of them copies"),
         first ? "; from " + FormatTime(*first) + " to " + FormatTime(*last)
               : std::string("; without a time"),
         ".");
    std::vector<std::string> parts;
    for (const auto& [outlet, count] : outlets) {
      parts.push_back(absl::StrCat(outlet, " (", count, ")"));
    }
    if (!parts.empty()) Line("  Outlets: ", absl::StrJoin(parts, ", "), ".");
    if (languages.size() > 1) {
      Line("  Languages: ", absl::StrJoin(languages, ", "), ".");
    }
    if (!facts_.terms.empty()) Line("  Its words: ", facts_.terms, ".");
  }

  // Returns the members by time.
  std::vector<MemberExplanation> InOrder(
      const WholeStoryExplanation& why) const {
    std::vector<MemberExplanation> members = why.members;
    std::ranges::stable_sort(members, {}, [&](const MemberExplanation& m) {
      const auto time = articles_[m.article].published;
      return std::pair(!time, time.value_or(0));
    });
    return members;
  }

  void WriteMember(const MemberExplanation& member) {
    const Article& article = articles_[member.article];
    Line("  ", Id(member.article), "  \"", DisplayTitle(article), "\"",
         article.source.empty() ? "" : ", ", ToAbsl(article.source),
         article.published ? ", " + FormatTime(*article.published)
                           : std::string());
    if (member.copy_of) {
      Line("    A copy of ", Id(*member.copy_of),
           ": copies tell the same story.");
      return;
    }
    if (!member.tie) {
      Line("    Alone as far as articles were compared.");
      return;
    }
    Line("    Closest to ", Id(member.tie->to), ": ",
         Percent(member.tie->similarity), " alike with what is around them, ",
         Percent(member.tie->needed), " is needed on average; ",
         Percent(facts_.score_of(member.article)), " to all of the story.");
    WriteWords(*member.tie);
  }

  void WriteWords(const Tie& tie) {
    if (tie.words.empty()) return;
    Line("    They share most: ", absl::StrJoin(tie.words, ", "), ".");
  }

  void WriteNear(std::span<const NearStory> near) {
    if (near.empty()) {
      Line("No other story is near it.");
      return;
    }
    Line("Stories that are near it but apart:");
    for (const NearStory& other : near) {
      Line("  ", facts_.name_of(other.story));
      Line("    ",
           other.same_topic
               ? "Of the same topic, but they differ in names, or in all else. "
               : "",
           "The closest two, ", Id(other.tie.from), " and ", Id(other.tie.to),
           ", are ", Percent(other.tie.similarity), " alike, ",
           Percent(other.tie.needed), " is needed; over all pairs the mean is ",
           absl::StrFormat("%.2f", other.mean_relative),
           " of what would join them.");
      WriteWords(other.tie);
    }
    Line("More of two articles says: storyfold explain ", Id(near[0].tie.from),
         " ", Id(near[0].tie.to), " --from ...");
  }

  const StoryFacts& facts_;
};

// Returns the first ids, and how many more there are.
std::string FirstOf(const std::vector<std::string>& ids) {
  constexpr size_t kMost = 10;
  const auto first = std::span(ids).first(std::min(ids.size(), kMost));
  std::string text = absl::StrJoin(first, ", ");
  if (ids.size() > kMost) {
    absl::StrAppend(&text, " and ", ids.size() - kMost, " more");
  }
  return text;
}

// Returns what the state says beside: what became of the story, and what people
// said of it.
std::vector<std::string> StoredFacts(const StoredStory& story) {
  std::vector<std::string> lines;
  if (story.is_headline_pinned) {
    lines.emplace_back("A person gave its headline.");
  }
  lines.push_back(absl::StrCat(
      "Created in night ", story.created, ", last changed in night ",
      story.updated,
      story.closed ? absl::StrCat(", closed in night ", *story.closed)
                   : std::string(", open"),
      "."));
  for (const StoredMove& move : story.moves) {
    const bool is_subject = move.story == story.story;
    const std::string other = StoryName(is_subject ? move.other : move.story);
    const char* what = move.merged  ? is_subject ? "took in " : "became "
                       : is_subject ? "lost articles to "
                                    : "got articles of ";
    lines.push_back(absl::StrCat("Night ", move.night, ": it ", what, other,
                                 " (", FirstOf(move.articles), ")."));
  }
  for (const PinnedPair& pin : story.pinned) {
    if (story.earlier[pin.a] != story.story &&
        story.earlier[pin.b] != story.story) {
      continue;
    }
    const auto id = [&](ArticleId a) {
      return ToAbsl(story.window.articles[a].id);
    };
    lines.push_back(
        absl::StrCat("A person said: ", id(pin.a), " and ", id(pin.b), " are ",
                     pin.same ? "the same story." : "different stories."));
  }
  if (!story.earlier_members.empty()) {
    lines.push_back(absl::StrCat(
        Counted(story.earlier_members.size(), "more is", "more are"),
        " from before the window of its last article: ",
        FirstOf(story.earlier_members), "."));
  }
  return lines;
}

absl::StatusOr<std::string> ExplainStoryFromState(const Config& config,
                                                  Log& log) {
  auto story = LoadStoredStory(config.from, config.article_a);
  if (!story.ok()) return story.status();
  const auto evidence = CompareAgain(config, *story, log);
  if (!evidence.ok()) return evidence.status();
  const StoryFacts facts = {
      StoryName(story->story),
      story->headline,
      story->terms,
      story->earlier_members.size(),
      StoredFacts(*story),
      [&](ArticleId a) { return story->window.rows[a].score; },
      [&](uint32_t other) {
        return absl::StrCat(StoryName(other), "  \"",
                            story->headlines.at(other), "\"");
      }};
  return StoryWriter(story->window.articles, facts)
      .Write(ExplainWholeStory(story->window.articles, *evidence,
                               story->earlier, story->story));
}

absl::StatusOr<std::string> ExplainStoryFromRun(const Config& config,
                                                Log& log) {
  const auto run = ReadEarlierRun(config, log);
  if (!run.ok()) return run.status();
  const std::vector<Article>& articles = run->crawl.articles;
  const auto at = std::ranges::find(articles, config.article_a, &Article::id);
  if (at == articles.end()) {
    return absl::NotFoundError(
        absl::StrCat("no article \"", config.article_a, "\" in ", config.from));
  }
  const auto evidence = CompareAgain(*run, log);
  if (!evidence.ok()) return evidence.status();
  const Stories& stories = evidence->folding.stories;
  const uint32_t chosen =
      stories.story_of[static_cast<size_t>(at - articles.begin())];
  const auto name_of = [&](uint32_t s) {
    return std::string(articles[stories.stories[s].first_report].id);
  };
  const Story& story = stories.stories[chosen];
  const StoryFacts facts = {
      name_of(chosen),
      story.headline_text,
      absl::StrJoin(story.terms, ", "),
      0,
      {},
      [&](ArticleId a) {
        const auto place = std::ranges::find(story.articles, a);
        return double{
            story.scores[static_cast<size_t>(place - story.articles.begin())]};
      },
      [&](uint32_t s) {
        return absl::StrCat(name_of(s), "  \"",
                            stories.stories[s].headline_text, "\"");
      }};
  return StoryWriter(articles, facts)
      .Write(ExplainWholeStory(articles, *evidence, stories.story_of, chosen));
}

}  // namespace

absl::StatusOr<std::string> ExplainStory(const Config& config, Log& log) {
  return IsState(config.from) ? ExplainStoryFromState(config, log)
                              : ExplainStoryFromRun(config, log);
}

}  // namespace storyfold
