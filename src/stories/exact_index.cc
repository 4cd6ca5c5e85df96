// An index of vectors that looks at all of them: for where FAISS is missing, as
// on Ubuntu 24.04.
//
// A block of queries is multiplied with one block of the vectors after the
// other (BLAS, sgemm), small enough for the products to stay in the cache, and
// each query keeps its largest products in a heap. Blocks of queries are shared
// among threads; a product itself stays on one.
//
// Tested by: tests/stories/vector_index_test.cc (against all pairs)

#include <algorithm>
#include <functional>
#include <utility>

#include "base/threads.h"
#include "stories/vector_index.h"

// BLAS, as Fortran has it: c = alpha * transposed(a) * b + beta * c, all by
// columns.
extern "C" void sgemm_(const char* trans_a, const char* trans_b,
                       const int* rows, const int* columns, const int* depth,
                       const float* alpha, const float* a, const int* stride_a,
                       const float* b, const int* stride_b, const float* beta,
                       float* c, const int* stride_c);

namespace storyfold {
namespace {

constexpr size_t kQueriesAtOnce = 64;
constexpr size_t kBlocksAtOnce = 128;
constexpr size_t kNodesAtOnce = 1024;

// Writes the products of each of `queries` with each of `nodes`, those of one
// query one behind another.
void MultiplyRows(std::span<const float> queries, std::span<const float> nodes,
                  size_t dimension, std::vector<float>& products) {
  const auto num_queries = static_cast<int>(queries.size() / dimension);
  const auto num_nodes = static_cast<int>(nodes.size() / dimension);
  const auto depth = static_cast<int>(dimension);
  constexpr float kOne = 1;
  constexpr float kZero = 0;
  products.resize(static_cast<size_t>(num_queries) *
                  static_cast<size_t>(num_nodes));
  sgemm_("T", "N", &num_nodes, &num_queries, &depth, &kOne, nodes.data(),
         &depth, queries.data(), &depth, &kZero, products.data(), &num_nodes);
}

// The places with the largest products of one query; of equal products the
// first places. REQUIRES: they are added in ascending order
class LargestProducts {
 public:
  explicit LargestProducts(size_t most) : most_(most) {}

  void Add(float product, size_t place) {
    const Entry entry = {product, ~place};
    if (heap_.size() == most_) {
      if (product <= heap_.front().first) return;
      std::ranges::pop_heap(heap_, std::greater());
      heap_.back() = entry;
    } else {
      heap_.push_back(entry);
    }
    std::ranges::push_heap(heap_, std::greater());
  }

  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [product, inverted] : heap_) visit(~inverted);
  }

 private:
  using Entry = std::pair<float, size_t>;  // of equal ones the last is least

  size_t most_;
  std::vector<Entry> heap_;  // the least in front
};

class ExactIndex : public VectorIndex {
 public:
  ExactIndex(const DenseVectors& vectors, std::span<const uint32_t> nodes)
      : vectors_(vectors), nodes_(nodes), rows_(CopyRows(vectors, nodes)) {}

  void Search(std::span<const uint32_t> queries, size_t most,
              Visit visit) const override {
    if (most == 0 || nodes_.empty()) return;
    LimitThreadsOfMatrixProduct(1);
    constexpr size_t kPart = kBlocksAtOnce * kQueriesAtOnce;
    for (size_t begin = 0; begin < queries.size(); begin += kPart) {
      SearchPart(
          queries.subspan(begin, std::min(kPart, queries.size() - begin)), most,
          visit);
    }
  }

 private:
  // Searches as many queries as results are kept of at a time.
  void SearchPart(std::span<const uint32_t> queries, size_t most,
                  Visit visit) const {
    const std::vector<float> rows = CopyRows(vectors_, queries);
    const size_t dimension = vectors_.dimension;
    std::vector<LargestProducts> largest(queries.size(), LargestProducts(most));
    const size_t num_blocks =
        (queries.size() + kQueriesAtOnce - 1) / kQueriesAtOnce;
    ParallelForWithScratch<std::vector<float>>(
        num_blocks, [&](size_t block, std::vector<float>& products) {
          const size_t begin = block * kQueriesAtOnce;
          const size_t size = std::min(kQueriesAtOnce, queries.size() - begin);
          SearchBlock(
              std::span(rows).subspan(begin * dimension, size * dimension),
              std::span(largest).subspan(begin, size), products);
        });
    for (size_t q = 0; q < queries.size(); ++q) {
      largest[q].ForEach(
          [&](size_t place) { visit(queries[q], nodes_[place]); });
    }
  }

  // Searches for the vectors `queries`, one behind another.
  void SearchBlock(std::span<const float> queries,
                   std::span<LargestProducts> largest,
                   std::vector<float>& products) const {
    const size_t dimension = vectors_.dimension;
    for (size_t begin = 0; begin < nodes_.size(); begin += kNodesAtOnce) {
      const size_t size = std::min(kNodesAtOnce, nodes_.size() - begin);
      MultiplyRows(
          queries,
          std::span(rows_).subspan(begin * dimension, size * dimension),
          dimension, products);
      for (size_t k = 0; k < products.size(); ++k) {
        largest[k / size].Add(products[k], begin + k % size);
      }
    }
  }

  const DenseVectors& vectors_;
  std::span<const uint32_t> nodes_;
  std::vector<float> rows_;  // of nodes_
};

}  // namespace

std::unique_ptr<VectorIndex> MakeExactIndex(const DenseVectors& vectors,
                                            std::span<const uint32_t> nodes) {
  return std::make_unique<ExactIndex>(vectors, nodes);
}

}  // namespace storyfold
