#include "stories/describe.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "base/threads.h"
#include "stories/terms.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

constexpr size_t kStoryTerms = 8;
constexpr size_t kTitleBytes = 160;
constexpr size_t kMostRelated = 20;
constexpr size_t kBeginningBytes = 2'000;

int64_t TimeOrLast(const Article& article) {
  return article.published.value_or(std::numeric_limits<int64_t>::max());
}

// Returns for each node the sum of its similarities to others of its story.
std::vector<double> SimilaritySums(const StoryModel& model) {
  std::vector<double> sums(model.articles.size(), 0);
  for (const WeightedEdge& edge : model.similar) {
    if (model.label[edge.a] != model.label[edge.b]) continue;
    sums[edge.a] += edge.weight;
    sums[edge.b] += edge.weight;
  }
  return sums;
}

// Returns the terms with the largest shared weight: summed over the members,
// of terms that at least two have; in a lone article its own heaviest.
std::vector<uint64_t> SharedTerms(const StoryModel& model,
                                  std::span<const uint32_t> nodes) {
  std::vector<VectorEntry> entries;
  for (const uint32_t node : nodes) {
    const auto row = model.vectors.rows.Row(node);
    entries.insert(entries.end(), row.begin(), row.end());
  }
  const size_t least = std::min<size_t>(2, nodes.size());
  std::vector<std::pair<double, uint32_t>> ranked;
  for (const TermSum& shared : SumByTerm(std::move(entries))) {
    if (shared.rows >= least) ranked.emplace_back(-shared.sum, shared.term);
  }
  const size_t kept = std::min(kStoryTerms, ranked.size());
  std::ranges::partial_sort(ranked,
                            ranked.begin() + static_cast<ptrdiff_t>(kept));
  std::vector<uint64_t> terms;
  for (size_t k = 0; k < kept; ++k) {
    terms.push_back(model.vectors.vocabulary[ranked[k].second].term);
  }
  return terms;
}

struct StoryNodes {
  std::vector<uint32_t> nodes;
  std::vector<ArticleId> articles;
};

std::vector<StoryNodes> GroupByStory(const StoryModel& model) {
  std::vector<StoryNodes> groups(model.articles.size());
  for (uint32_t node = 0; node < model.articles.size(); ++node) {
    groups[model.label[node]].nodes.push_back(node);
  }
  for (ArticleId a = 0; a < model.node_of.size(); ++a) {
    groups[model.label[model.node_of[a]]].articles.push_back(a);
  }
  std::erase_if(groups, [](const StoryNodes& g) { return g.nodes.empty(); });
  return groups;
}

bool IsSettled(const StoryModel& model, const StoryNodes& group) {
  return !model.is_settled.empty() && model.is_settled[group.nodes[0]];
}

// Returns the languages of the articles of a story, ascending.
std::vector<std::string> LanguagesOf(const StoryModel& model,
                                     std::span<const uint32_t> nodes) {
  std::set<std::string_view> languages;
  for (const uint32_t node : nodes) languages.insert(model.languages[node]);
  languages.erase("");
  return {languages.begin(), languages.end()};
}

Story DescribeStory(std::span<const Article> articles, const StoryModel& model,
                    std::span<const double> sums, const StoryNodes& group) {
  Story story;
  story.articles = group.articles;
  std::ranges::sort(story.articles, {}, [&](ArticleId a) {
    return std::pair(TimeOrLast(articles[a]), a);
  });
  const auto others = static_cast<double>(group.nodes.size() - 1);
  for (const ArticleId a : story.articles) {
    const double sum = sums[model.node_of[a]];
    // Of dense vectors a pair can have a little more than 1.
    story.scores.push_back(
        others == 0 ? 1.0f : static_cast<float>(std::min(1.0, sum / others)));
    if (articles[a].published) {
      const int64_t time = *articles[a].published;
      story.first = std::min(time, story.first.value_or(time));
      story.last = std::max(time, story.last.value_or(time));
    }
  }
  story.first_report = story.articles.front();
  for (const ArticleId a : story.articles) {
    if (articles[a].published != story.first) break;
    if (articles[a].id < articles[story.first_report].id)
      story.first_report = a;
  }
  const uint32_t central =
      *std::ranges::min_element(group.nodes, {}, [&](uint32_t node) {
        const ArticleId a = model.articles[node];
        return std::tuple(-sums[node], TimeOrLast(articles[a]), a);
      });
  story.headline = model.articles[central];
  story.languages = LanguagesOf(model, group.nodes);
  story.headline_text = DisplayTitle(articles[story.headline]);
  return story;
}

// Spells those of `terms` that are not in `spelled` yet as `text` does first.
void SpellTermsOf(std::string_view text, std::span<const uint64_t> terms,
                  TermReader& reader, std::vector<std::string>& spelled) {
  uint32_t num_tokens = 0;
  for (const TermOccurrence& t :
       reader.Read(text, {}, num_tokens, kNoLanguage)) {
    const auto at = std::ranges::find(terms, t.term);
    if (at == terms.end()) continue;
    std::string& word = spelled[static_cast<size_t>(at - terms.begin())];
    if (word.empty()) word = text.substr(t.offset, t.length);
  }
}

// Returns the first words of a text, where nearly all of its terms are met.
std::string_view Beginning(std::string_view text) {
  if (text.size() <= kBeginningBytes) return text;
  const size_t end = text.find_last_of(" \n", kBeginningBytes);
  return end == std::string_view::npos ? text : text.substr(0, end);
}

std::vector<std::string> SpellTermsWith(TermReader& reader,
                                        const Article& article,
                                        std::span<const uint64_t> terms,
                                        std::span<const CompoundPart> parts) {
  std::vector<std::string> spelled(terms.size());
  SpellTermsOf(article.title, terms, reader, spelled);
  if (std::ranges::find(spelled, "") != spelled.end()) {
    const std::string_view text = reader.TextOf(article);
    SpellTermsOf(Beginning(text), terms, reader, spelled);
    if (std::ranges::find(spelled, "") != spelled.end()) {
      SpellTermsOf(text, terms, reader, spelled);
    }
  }
  for (size_t k = 0; k < terms.size(); ++k) {
    if (!spelled[k].empty()) continue;
    const auto at =
        std::ranges::lower_bound(parts, terms[k], {}, &CompoundPart::term);
    if (at != parts.end() && at->term == terms[k]) spelled[k] = at->spelling;
  }
  std::erase(spelled, "");
  return spelled;
}

// Links the stories that are parts of one topic.
void LinkTopics(const StoryModel& model, std::vector<Story>& stories) {
  const auto topic_of = [&](const Story& story) {
    return model.topic[model.node_of[story.headline]];
  };
  std::vector<std::vector<uint32_t>> stories_of(model.topic.size());
  for (uint32_t s = 0; s < stories.size(); ++s) {
    stories_of[topic_of(stories[s])].push_back(s);
  }
  ParallelFor(stories.size(), [&](size_t s) {
    for (const uint32_t other : stories_of[topic_of(stories[s])]) {
      if (other == s) continue;
      if (stories[s].related.size() == kMostRelated) break;
      stories[s].related.push_back(stories[other].first_report);
    }
  });
}

}  // namespace

std::string DisplayTitle(const Article& article) {
  TextReader reader;
  std::string_view title = article.title;
  if (title.empty()) {
    const std::string_view text = reader.Read(article);
    const size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    title = text.substr(begin);
    title = title.substr(0, title.find('\n'));
  }
  if (title.size() <= kTitleBytes) return std::string(title);
  size_t end = kTitleBytes;
  while ((static_cast<unsigned char>(title[end]) & 0xC0) == 0x80) --end;
  return std::string(title.substr(0, end));
}

std::vector<std::string> SpellTerms(const Article& article,
                                    std::span<const uint64_t> terms,
                                    std::span<const CompoundPart> parts) {
  TermReader reader;
  return SpellTermsWith(reader, article, terms, parts);
}

Stories DescribeStories(std::span<const Article> articles,
                        const StoryModel& model) {
  const std::vector<StoryNodes> groups = GroupByStory(model);
  const std::vector<double> sums = SimilaritySums(model);
  Stories result;
  result.stories.resize(groups.size());
  ParallelForWithScratch<TermReader>(
      groups.size(), [&](size_t g, TermReader& reader) {
        Story& story = result.stories[g];
        if (IsSettled(model, groups[g])) {
          story.articles = groups[g].articles;
          story.headline = story.articles[0];
          return;
        }
        story = DescribeStory(articles, model, sums, groups[g]);
        story.terms = SpellTermsWith(reader, articles[story.headline],
                                     SharedTerms(model, groups[g].nodes),
                                     model.vectors.compound_parts);
      });
  ParallelSort(result.stories, [](const Story& a, const Story& b) {
    if (a.articles.size() != b.articles.size()) {
      return a.articles.size() > b.articles.size();
    }
    return std::ranges::min(a.articles) < std::ranges::min(b.articles);
  });
  LinkTopics(model, result.stories);
  result.story_of.resize(articles.size());
  for (uint32_t s = 0; s < result.stories.size(); ++s) {
    for (const ArticleId a : result.stories[s].articles) {
      result.story_of[a] = s;
    }
  }
  return result;
}

}  // namespace storyfold
