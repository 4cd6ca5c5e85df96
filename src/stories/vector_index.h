#pragma once

#include <absl/functional/function_ref.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "stories/article_vectors.h"

namespace storyfold {

// Vectors that can be searched for those nearest to another.
class VectorIndex {
 public:
  // A query and one of the nodes that are nearest to it.
  using Visit = absl::FunctionRef<void(uint32_t query, uint32_t node)>;

  virtual ~VectorIndex() = default;

  // Calls visit for the `most` nodes of the index whose vectors have the
  // largest scalar product with that of each query, or for all if there are no
  // more. FAISS's may leave some out, see there. Parallel; visit is called by
  // one thread.
  virtual void Search(std::span<const uint32_t> queries, size_t most,
                      Visit visit) const = 0;
};

// Returns an index of the vectors of `nodes`, by FAISS if storyfold was built
// with it, else exact. `vectors` and `nodes` must outlive it. Copies the
// vectors of `nodes`. Throws std::exception with what FAISS says, or if there
// is no memory.
std::unique_ptr<VectorIndex> MakeVectorIndex(const DenseVectors& vectors,
                                             std::span<const uint32_t> nodes);

// The two kinds. The second is there where storyfold was built with FAISS.
std::unique_ptr<VectorIndex> MakeExactIndex(const DenseVectors& vectors,
                                            std::span<const uint32_t> nodes);
std::unique_ptr<VectorIndex> MakeFaissIndex(const DenseVectors& vectors,
                                            std::span<const uint32_t> nodes);

// Returns the rows of `nodes`, one behind another. Parallel.
std::vector<float> CopyRows(const DenseVectors& vectors,
                            std::span<const uint32_t> nodes);

// Sets how many threads one matrix product uses, where it is OpenBLAS's.
void LimitThreadsOfMatrixProduct(int threads);

}  // namespace storyfold
