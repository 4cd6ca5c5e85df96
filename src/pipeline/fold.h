#pragma once

#include <memory>
#include <span>
#include <vector>

#include "boilerplate/line_evidence.h"
#include "duplicates/clusters.h"
#include "sketch/sketch.h"
#include "stories/cluster.h"
#include "storyfold/pipeline.h"
#include "text/removed_lines.h"

namespace storyfold {

// What is known of a batch once its copies are.
struct CleanedCopies {
  std::vector<Sketch> sketches;  // without the lines removed at first
  LineTable table;
  RemovedLines at_first;
  DuplicateClusters copies;
};

// The passes up to the clusters of copies.
CleanedCopies FindCleanCopies(std::span<const Article> articles,
                              const PipelineOptions& options,
                              const StageListener& on_stage);

// Names the texts that lines are counted over: clusters of copies, in which
// pages of one template are told apart.
std::vector<uint32_t> NameTexts(std::span<const Article> articles,
                                const CleanedCopies& found);

// Returns what is told of the dense vectors of a batch.
VectorReport ReportVectors(const DenseVectors& dense);

// A folding with what explains it.
struct ExplainedFolding {
  Folding folding;
  RemovedLines removed;
  StoryModel model;
};

// FoldArticles, keeping the evidence.
ExplainedFolding FoldAndKeepEvidence(std::span<const Article> articles,
                                     const PipelineOptions& options,
                                     const StageListener& on_stage,
                                     const EarlierStories& earlier = {});

// The lines of a batch and all that they are judged by.
struct ExplainedLines {
  std::unique_ptr<LineTable> table;  // what `evidence` refers to
  std::vector<uint32_t> text_of;
  std::unique_ptr<LineEvidence> evidence;
  std::vector<FlaggedLine> flags;  // learned ones left out
};

// What FindBoilerplate judges lines by.
ExplainedLines FindLineEvidence(std::span<const Article> articles,
                                const PipelineOptions& options);

}  // namespace storyfold
