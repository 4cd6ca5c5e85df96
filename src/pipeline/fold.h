#pragma once

#include <span>

#include "duplicates/clusters.h"
#include "stories/cluster.h"
#include "storyfold/pipeline.h"
#include "text/removed_lines.h"

namespace storyfold {

// A folding with what explains it.
struct ExplainedFolding {
  Folding folding;
  RemovedLines removed;
  StoryModel model;
};

// FoldArticles, keeping the evidence.
ExplainedFolding FoldAndKeepEvidence(std::span<const Article> articles,
                                     const PipelineOptions& options,
                                     const StageListener& on_stage);

}  // namespace storyfold
