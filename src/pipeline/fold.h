#pragma once

#include <memory>
#include <span>
#include <vector>

#include "boilerplate/page_judge.h"
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

// The lines of a batch and all that they are judged by.
struct ExplainedLines {
  std::unique_ptr<LineTable> table;  // what `evidence` refers to
  std::vector<uint32_t> text_of;
  std::unique_ptr<LineEvidence> evidence;
};

// What FindBoilerplate judges lines by.
ExplainedLines FindLineEvidence(std::span<const Article> articles,
                                const PipelineOptions& options);

}  // namespace storyfold
