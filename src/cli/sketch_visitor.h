#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <memory>
#include <utility>
#include <vector>

#include "sketch/sketch.h"
#include "storyfold/crawl.h"

namespace storyfold {

// Sketches articles while they are read: what SketchArticles does afterwards,
// without reading the texts from memory once more.
class SketchVisitor : public ArticleVisitor {
 public:
  explicit SketchVisitor(SketchUse use)
      : sketchers_([use] { return Sketcher(use); }) {}

  std::unique_ptr<Result> Visit(const Article& article) override {
    return std::make_unique<SketchResult>(
        sketchers_.local().SketchArticle(article, {}));
  }

  void Keep(std::unique_ptr<Result> result) override {
    // Room that is not written to costs nothing; moving 500 bytes an article
    // at every doubling does.
    if (sketches_.size() == sketches_.capacity()) {
      sketches_.reserve(kGrowth * (sketches_.size() + kFirst));
    }
    sketches_.push_back(std::move(static_cast<SketchResult&>(*result).sketch));
  }

  // Returns the sketch of every article that was read, in that order.
  std::vector<Sketch> Finish() { return std::move(sketches_); }

 private:
  static constexpr size_t kGrowth = 4;
  static constexpr size_t kFirst = 1000;

  struct SketchResult : Result {
    explicit SketchResult(Sketch of_article) : sketch(std::move(of_article)) {}

    Sketch sketch;
  };

  tbb::enumerable_thread_specific<Sketcher> sketchers_;
  std::vector<Sketch> sketches_;
};

}  // namespace storyfold
