#pragma once

#include <absl/status/status.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storyfold/article.h"
#include "storyfold/boilerplate.h"
#include "storyfold/duplicates.h"
#include "storyfold/embedding.h"
#include "storyfold/stories.h"
#include "storyfold/word_table.h"

namespace storyfold {

struct PipelineOptions {
  DuplicateOptions duplicates;
  BoilerplateOptions boilerplate;
  StoryOptions stories;

  // Makes dense vectors for the stories; null: none. Not asked when any article
  // brings a vector of its own.
  std::shared_ptr<Embedder> embedder = nullptr;
};

absl::Status Validate(const PipelineOptions& options);

// The passes of the pipeline, in the order they run.
enum class Stage : uint8_t {
  kSketch,            // tokens, shingles, signatures
  kLines,             // keys of lines
  kFirstBoilerplate,  // lines counted over texts that are not alike
  kDuplicates,        // articles that lost lines sketched again; candidates,
                      // verification, clusters of copies
  kBoilerplate,       // lines counted again, over clusters of copies
  kVectors,           // dense vectors; left out where there are none
  kStories,           // terms, graph, stories
  kDescription,       // headlines and terms of the stories
};

inline constexpr int kNumStages = 8;

// Returns the stage's name for people.
std::string_view StageName(Stage stage);

// Told when a stage begins, on the calling thread.
using StageListener = std::function<void(Stage)>;

struct StageTime {
  Stage stage = Stage::kSketch;
  double seconds = 0;
};

// Where the dense vectors of a folding came from.
struct VectorReport {
  std::string source;   // name and version of the embedder, "given", or empty
  size_t articles = 0;  // that have one, copies left out
  std::string problem;  // the first, if any
};

struct Folding {
  DuplicateClusters copies;
  std::vector<FlaggedLine> lines;  // by article, then line
  VectorReport vectors;
  Stories stories;
  std::vector<StageTime> times;
};

// Each function below reads `articles` only while it runs. All of them use the
// threads of the calling thread's oneTBB arena (tbb::global_control limits
// them) and give the same result, bit for bit, at any number of threads and,
// where no embedder's numbers depend on it, on any CPU. They may be called from
// several threads at once, but with an embedder of its own for each.
// Memory: 1.2 kB an article for copies and 8 bytes a word of those that share
// something (at most 270 MB), 2 kB an article for stories, 60 bytes a line for
// boilerplate, beside the texts.
// REQUIRES of all: Validate(options).ok(); fewer than 2^32 articles; each text
// valid UTF-8 and shorter than 4 GiB

// Returns copies, boilerplate and stories.
Folding FoldArticles(std::span<const Article> articles,
                     const PipelineOptions& options,
                     const StageListener& on_stage = {});

// Returns the pairs of near-duplicates, over the texts as they are.
DuplicatePairs FindPairs(std::span<const Article> articles,
                         const DuplicateOptions& options);

// Returns the clusters of copies, boilerplate taken out first.
DuplicateClusters FindCopies(std::span<const Article> articles,
                             const PipelineOptions& options);

// Returns the `most` words that most articles use, for a WordTable: most common
// first. Copies and boilerplate lines do not count.
std::vector<WordShare> CountBackground(std::span<const Article> articles,
                                       const PipelineOptions& options,
                                       size_t most);

// Returns the lines that recur.
std::vector<FlaggedLine> FindBoilerplate(std::span<const Article> articles,
                                         const PipelineOptions& options);

// Returns what each source prints on many pages, sources with most articles
// first. Articles without a source that seem to be of one outlet are a source.
std::vector<SourceReport> ReportSources(std::span<const Article> articles,
                                        const PipelineOptions& options);

}  // namespace storyfold
