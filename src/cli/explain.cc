// The command explain, for two articles: what was compared is compared again,
// and then asked. For one story see explain_story.cc.

#include "pipeline/explain.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>
#include <absl/strings/str_join.h>

#include <algorithm>
#include <optional>

#include "base/counted.h"
#include "base/string_view.h"
#include "cli/commands.h"
#include "cli/compare_again.h"
#include "cli/explain_lines.h"
#include "cli/explain_story.h"
#include "cli/log.h"
#include "io/output_file.h"
#include "io/times.h"
#include "state/state_folder.h"
#include "state/stored_pair.h"
#include "stories/describe.h"

namespace storyfold {
namespace {

std::string Gap(int64_t seconds) {
  constexpr int64_t kHour = 3600;
  const auto count = [&](int64_t unit) {
    return static_cast<uint64_t>(seconds / unit);
  };
  if (seconds < kHour) return Counted(count(60), "minute");
  if (seconds < 48 * kHour) return Counted(count(kHour), "hour");
  return Counted(count(24 * kHour), "day");
}

// The explanation of one pair, line by line.
class Writer : ExplainLines {
 public:
  // `pinned_same`: what a person said of the two, if anything.
  Writer(std::span<const Article> articles, const ExplainedFolding& evidence,
         ArticleId a, ArticleId b, std::optional<bool> pinned_same)
      : ExplainLines(articles),
        evidence_(evidence),
        a_(a),
        b_(b),
        pinned_same_(pinned_same) {}

  std::string Write(const CopyExplanation& copies,
                    const StoryExplanation& stories,
                    const PipelineOptions& options) {
    Line("A ", Describe(a_));
    Line("B ", Describe(b_));
    Line();
    WriteCopies(copies, options.duplicates);
    Line();
    WriteStories(stories, options.stories);
    return std::move(text_);
  }

 private:
  std::string Describe(ArticleId id) const {
    const Article& article = articles_[id];
    std::string text =
        absl::StrCat(Id(id), "  \"", DisplayTitle(article), "\"");
    if (!article.source.empty()) {
      absl::StrAppend(&text, ", ", ToAbsl(article.source));
    }
    if (article.published) {
      absl::StrAppend(&text, ", ", FormatTime(*article.published));
    }
    return text;
  }

  void WriteChain(std::span<const ChainLink> chain) {
    for (const ChainLink& link : chain) {
      Line("    ", Id(link.from), " - ", Id(link.to), ": ",
           Percent(link.similarity));
    }
  }

  void WriteCopies(const CopyExplanation& why,
                   const DuplicateOptions& options) {
    Line(why.same_cluster ? "Copies: YES, they are in one cluster of copies."
                          : "Copies: NO, neither is a copy of the other.");
    if (why.words_a == 0 || why.words_b == 0) {
      Line("  One of them has no words of its own, so nothing can match.");
      return;
    }
    Line("  ", Percent(why.containment),
         " of the five-word sequences of the shorter text stand in the other (",
         why.words_a, " and ", why.words_b,
         " words, boilerplate left out); of both together they share ",
         Percent(why.jaccard), ".");
    if (std::min(why.words_a, why.words_b) < kLeastWordsWithoutTitle) {
      Line(
          "  Where a text is short, copies must have the words of its title, "
          "too.");
    }
    if (why.same_cluster) {
      Line("  The cluster is named after ", Id(why.representative_a),
           ", the text closest to all others in it.");
      if (why.chain.size() > 1) {
        Line(
            "  Their texts are linked through others, by the share of rare "
            "three-word sequences:");
        WriteChain(why.chain);
      }
    } else if (why.other_editions) {
      Line(
          "  By their titles they are two days of one series, of which only "
          "texts that are nearly equal are copies.");
    } else {
      Line("  Copies need to share, on average over their clusters, ",
           Percent(options.min_cluster_similarity),
           " of the shorter text's rare three-word sequences.");
    }
  }

  void WriteTerms(const StoryExplanation& why) {
    if (why.terms.empty()) {
      Line("  They share no telling words.");
      return;
    }
    std::string words;
    for (const SharedTerm& term : why.terms) {
      absl::StrAppend(&words, words.empty() ? "" : ", ", term.word, " (",
                      Percent(term.share), ", in ", term.articles_with_it,
                      " articles)");
    }
    Line("  What they share most, with its part in that: ", words, ".");
  }

  void WriteStories(const StoryExplanation& why, const StoryOptions& options) {
    const bool copies =
        evidence_.model.node_of[a_] == evidence_.model.node_of[b_];
    Line(why.same_story ? "Story: the SAME." : "Story: two DIFFERENT ones.");
    if (why.gap_seconds) {
      Line("  Published ", Gap(*why.gap_seconds), " apart.");
    }
    if (copies) {
      Line("  Copies tell the same story, unless a person says otherwise.");
      return;
    }
    Line("  Their words are ", Percent(why.cosine),
         " alike (cosine of the weighted words, titles count more, common "
         "words less).");
    WriteTerms(why);
    if (why.dense) WriteVectors(*why.dense);
    if (pinned_same_ == why.same_story) {
      Line("  A person said so: that counts, whatever their texts say.");
    } else if (why.same_story) {
      WriteTogether(why);
    } else {
      WriteApart(why, options);
    }
  }

  void WriteVectors(const DenseExplanation& why) {
    Line("  Their dense vectors (", evidence_.folding.vectors.source, ") are ",
         Percent(why.cosine), " alike, the mean of ",
         why.two_languages ? "each language" : "their language",
         " subtracted.");
    if (why.two_languages) {
      Line("  Between two languages only these count: ",
           why.edge > 0 ? "a pair of " + Percent(why.edge) + "."
                        : "the two are not among each other's nearest.");
    } else if (why.edge > 0) {
      Line("  With the words that makes a pair of ", Percent(why.edge), ".");
    }
  }

  void WriteTogether(const StoryExplanation& why) {
    Line("  Taken with the articles around them they are ",
         Percent(why.sharpened), " alike; texts of their length need ",
         Percent(why.needed), " on average over the story. All ", why.size_a,
         " articles of the story (copies left out) reach ",
         absl::StrFormat("%.2f", why.mean_relative), " times what is needed.");
    if (why.chain.size() > 1) {
      Line("  The strongest chain between them:");
      WriteChain(why.chain);
    }
  }

  void WriteApart(const StoryExplanation& why, const StoryOptions& options) {
    if (!why.within_window) {
      Line("  They were not compared: more than ", options.window_days,
           " days lie between them (--window).");
      return;
    }
    if (why.other_editions) {
      Line(
          "  They were not compared: by their titles they are two days of one "
          "series.");
      return;
    }
    if (!why.same_component) {
      Line("  No chain of pairs that are at least ", Percent(why.gate),
           " alike (", Percent(why.weak_gate),
           " in one language where neither names nor other words disagree) "
           "leads from one to the other.");
      return;
    }
    if (why.pair_alone) {
      const double edge = why.pair_alone->edge;
      Line(
          "  The two would be a story with nobody else: texts of their length "
          "then need to be ",
          Percent(why.pair_alone->needed),
          " alike, or clearly alike in names and other words; they are ",
          edge > 0 ? Percent(edge) + " alike."
                   : "not among each other's nearest.");
      return;
    }
    if (why.topic) {
      WriteTopic(*why.topic);
      return;
    }
    Line("  Taken with the articles around them they are ",
         why.sharpened == 0 ? "less than 15 %" : Percent(why.sharpened),
         " alike; texts of their length need ", Percent(why.needed), ".");
    Line("  Over all pairs between the two stories (", why.size_a, " and ",
         why.size_b, " articles, copies left out) the mean is ",
         absl::StrFormat("%.2f", why.mean_relative),
         " of what would join them.");
  }

  void WriteTopic(const TopicExplanation& why) {
    Line("  They are of one topic, with the same ",
         why.other_names ? "words" : "names",
         why.shared.empty() ? std::string()
                            : " (" + absl::StrJoin(why.shared, ", ") + ")",
         why.other_names ? " about other names."
                         : " and little else in common.");
    Line("  Their ", why.other_names ? "names" : "other words", " are ",
         Percent(why.similarity),
         " alike; to be one story texts of their length need ",
         Percent(why.needed), ".");
    Line("  Over all pairs of the topic's ", why.topic_size,
         " articles (copies left out) the mean is ",
         Percent(why.topic_similarity), ", below the ",
         Percent(why.topic_needed), " of a story.");
  }

  const ExplainedFolding& evidence_;
  ArticleId a_;
  ArticleId b_;
  std::optional<bool> pinned_same_;
};

absl::StatusOr<ArticleId> FindArticle(const Crawl& crawl, const std::string& id,
                                      const std::string& folder) {
  const auto at = std::ranges::find(crawl.articles, id, &Article::id);
  if (at == crawl.articles.end()) {
    return absl::NotFoundError(
        absl::StrCat("no article \"", id, "\" in ", folder));
  }
  return static_cast<ArticleId>(at - crawl.articles.begin());
}

std::string Explain(std::span<const Article> articles,
                    const ExplainedFolding& evidence,
                    const PipelineOptions& options, ArticleId a, ArticleId b,
                    std::optional<bool> pinned_same = std::nullopt) {
  return Writer(articles, evidence, a, b, pinned_same)
      .Write(ExplainCopies(articles, evidence, a, b),
             ExplainStories(articles, evidence, options.stories, a, b),
             options);
}

// Returns what the state itself says of two articles.
std::string StoredFacts(const StoredPair& pair) {
  const ArticleRow& a = pair.window.rows[pair.a];
  const ArticleRow& b = pair.window.rows[pair.b];
  std::string text = absl::StrCat(
      "In the state A is in story ", StoryName(a.story), ", B in ",
      a.story == b.story ? std::string("the same") : StoryName(b.story), ".\n");
  if (pair.pinned_same) {
    absl::StrAppend(
        &text, "A person said that they are ",
        *pair.pinned_same ? "the same story.\n" : "different stories.\n");
  }
  for (const ArticleRow* row : {&a, &b}) {
    if (!row->bound) continue;
    absl::StrAppend(&text, row == &a ? "A" : "B",
                    " is in its story as a copy of an article from before the "
                    "window.\n");
  }
  return text + "\nThe articles of the window, compared again:\n";
}

// Returns why the articles compared again are not of one story, or of two, as
// the state has it; nothing where they agree, or the facts have said why.
std::string WhereItDiffers(const StoredPair& pair, const StoryModel& model) {
  const auto story_now = [&](ArticleId a) {
    return model.label[model.node_of[a]];
  };
  const bool stored =
      pair.window.rows[pair.a].story == pair.window.rows[pair.b].story;
  const bool is_bound =
      pair.window.rows[pair.a].bound || pair.window.rows[pair.b].bound;
  if (pair.pinned_same || is_bound) return {};
  if (stored == (story_now(pair.a) == story_now(pair.b))) return {};
  return "\nThe state has it otherwise: its stories were found in earlier "
         "nights, by their\narticles and settings, and stay until something "
         "new comes near them.\n";
}

absl::Status ExplainPairFromState(const Config& config, Log& log) {
  auto pair = LoadStoredPair(config.from, config.article_a, config.article_b);
  if (!pair.ok()) return pair.status();
  const auto evidence = CompareAgain(config, *pair, log);
  if (!evidence.ok()) return evidence.status();
  return WriteToStdout(StoredFacts(*pair) +
                       Explain(pair->window.articles, *evidence, pair->options,
                               pair->a, pair->b, pair->pinned_same) +
                       WhereItDiffers(*pair, evidence->model));
}

}  // namespace

absl::Status RunExplain(const Config& config) {
  Log log(config.quiet, config.log);
  if (config.article_b.empty()) {
    const auto story = ExplainStory(config, log);
    return story.ok() ? WriteToStdout(*story) : story.status();
  }
  if (config.article_a == config.article_b) {
    return absl::InvalidArgumentError("these are one and the same article");
  }
  if (IsState(config.from)) return ExplainPairFromState(config, log);
  const auto run = ReadEarlierRun(config, log);
  if (!run.ok()) return run.status();
  const auto a = FindArticle(run->crawl, config.article_a, config.from);
  if (!a.ok()) return a.status();
  const auto b = FindArticle(run->crawl, config.article_b, config.from);
  if (!b.ok()) return b.status();
  const auto evidence = CompareAgain(*run, log);
  if (!evidence.ok()) return evidence.status();
  return WriteToStdout(
      Explain(run->crawl.articles, *evidence, run->options, *a, *b));
}

}  // namespace storyfold
