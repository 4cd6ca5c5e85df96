// Tested by: tests/stories/vector_index_test.cc, neighbours_test.cc

#include "stories/vector_index.h"

#include <algorithm>

#include "base/threads.h"

// OpenBLAS's; another BLAS has none.
extern "C" [[gnu::weak]] void openblas_set_num_threads(int threads);

namespace storyfold {

std::unique_ptr<VectorIndex> MakeVectorIndex(const DenseVectors& vectors,
                                             std::span<const uint32_t> nodes) {
#ifdef STORYFOLD_WITH_FAISS
  return MakeFaissIndex(vectors, nodes);
#else
  return MakeExactIndex(vectors, nodes);
#endif
}

std::vector<float> CopyRows(const DenseVectors& vectors,
                            std::span<const uint32_t> nodes) {
  std::vector<float> rows(nodes.size() * vectors.dimension);
  ParallelFor(nodes.size(), [&](size_t k) {
    std::ranges::copy(
        vectors.Row(nodes[k]),
        rows.begin() + static_cast<ptrdiff_t>(k * vectors.dimension));
  });
  return rows;
}

void LimitThreadsOfMatrixProduct(int threads) {
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(threads);
}

}  // namespace storyfold
