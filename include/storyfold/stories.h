#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storyfold/article.h"
#include "storyfold/word_table.h"

namespace storyfold {

struct StoryOptions {
  // Articles published further apart than this many days are never compared,
  // though a story may grow longer through articles in between. 0: no window.
  // An article without a time is compared with all.
  double window_days = 0;

  // Two articles can only meet in a story along pairs of at least
  // gate + .30 / (articles + 10) cosine similarity, in (0, 1); .05 less is
  // enough for pairs that are alike in their names and in their other words.
  // Higher: fewer wrong joins, more stories torn apart.
  double gate = 0.23;

  // How similar the articles of a story must be on average, after sharpening,
  // in (0, 1]: for texts of 60 words or more, and for headlines of 15 or
  // fewer; between them log-interpolated.
  double full_text_cut = 0.81;
  double headline_cut = 0.45;

  // Coarser below 0, finer above, in [-1, 1]: the gate and the cuts are
  // multiplied by 1.25 to this power (a cut stays at most 1). At -1 stories are
  // wider and more of them wrong, at 1 they are torn apart more often.
  double granularity = 0;

  // How common words are in general; null: the table that is part of the
  // library (BuiltInWords). One of the user's own language and outlets is
  // better, an empty one costs a tenth of BCubed F1 on headlines.
  std::shared_ptr<const WordTable> words = nullptr;
};

absl::Status Validate(const StoryOptions& options);

// The articles that report one event.
struct Story {
  // Ordered by time of publication, those without a time last, then by
  // ArticleId.
  std::vector<ArticleId> articles;
  // For each of `articles` its mean similarity to the others, in [0, 1]; 1 for
  // a lone article. A copy has its representative's.
  std::vector<float> scores;
  ArticleId first_report = 0;  // the earliest; of several, the least user's id
  ArticleId headline = 0;      // the most central article
  std::string headline_text;   // its title, or the start of its text
  std::vector<std::string> terms;  // up to 8, by weight shared
  // ISO 639 codes, ascending: of the records, and where they do not say what
  // the texts show.
  std::vector<std::string> languages;
  // Other stories of the same topic, by their first report: they share names,
  // but little else. Up to 20, in the order of Stories::stories.
  std::vector<ArticleId> related;
  std::optional<int64_t> first;  // time of the earliest and latest report
  std::optional<int64_t> last;
};

struct Stories {
  // Largest first, then by first article; every article is in one.
  std::vector<Story> stories;
  std::vector<uint32_t> story_of;  // for each article a place in `stories`
};

}  // namespace storyfold
