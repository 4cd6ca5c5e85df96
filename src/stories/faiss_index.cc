// An index of vectors by FAISS (Douze et al., "The Faiss library", 2024).
//
// Up to 50,000 vectors the index is flat: FAISS multiplies blocks of matrices.
// Above, vectors are put into lists around k-means centres (IVF), and a query
// looks into the nearest 32.
//
// FAISS is called from one thread with many queries at a time, and uses as many
// threads as our own passes may. The matrix product of a flat index may, too;
// that of the centres stays on one thread, since how it adds up decides there
// in which list a vector stands.
//
// Built only where FAISS is found.
//
// Tested by: tests/stories/vector_index_test.cc, neighbours_test.cc

#include <faiss/IndexFlat.h>
#include <faiss/IndexIVFFlat.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "base/threads.h"
#include "stories/vector_index.h"

namespace storyfold {
namespace {

constexpr size_t kMostFlat = 50'000;
constexpr size_t kListsProbed = 32;
constexpr int kTrainingVectorsPerList = 64;
constexpr size_t kQueriesOfCall = 8192;

void LimitThreadsOfFaiss(bool is_flat) {
  const int threads = static_cast<int>(MaxThreads());
  omp_set_num_threads(threads);
  LimitThreadsOfMatrixProduct(is_flat ? threads : 1);
}

class FaissIndex : public VectorIndex {
 public:
  FaissIndex(const DenseVectors& vectors, std::span<const uint32_t> nodes)
      : vectors_(vectors),
        nodes_(nodes),
        flat_(static_cast<int64_t>(vectors.dimension)) {
    LimitThreadsOfFaiss(nodes.size() <= kMostFlat);
    const std::vector<float> rows = CopyRows(vectors, nodes);
    const auto size = static_cast<int64_t>(nodes.size());
    if (nodes.size() <= kMostFlat) {
      flat_.add(size, rows.data());
      return;
    }
    lists_ = std::make_unique<faiss::IndexIVFFlat>(
        &flat_, vectors.dimension,
        static_cast<size_t>(2 * std::sqrt(nodes.size())),
        faiss::METRIC_INNER_PRODUCT);
    lists_->cp.max_points_per_centroid = kTrainingVectorsPerList;
    lists_->cp.min_points_per_centroid = 1;
    lists_->nprobe = kListsProbed;
    lists_->train(size, rows.data());
    lists_->add(size, rows.data());
  }

  void Search(std::span<const uint32_t> queries, size_t most,
              Visit visit) const override {
    most = std::min(most, nodes_.size());
    for (size_t begin = 0; begin < queries.size(); begin += kQueriesOfCall) {
      const auto part = queries.subspan(
          begin, std::min(kQueriesOfCall, queries.size() - begin));
      const std::vector<float> rows = CopyRows(vectors_, part);
      std::vector<float> products(part.size() * most);
      std::vector<int64_t> places(part.size() * most);
      index().search(static_cast<int64_t>(part.size()), rows.data(),
                     static_cast<int64_t>(most), products.data(),
                     places.data());
      for (size_t k = 0; k < places.size(); ++k) {
        if (places[k] < 0) continue;  // fewer than wanted in the lists probed
        visit(part[k / most], nodes_[static_cast<size_t>(places[k])]);
      }
    }
  }

 private:
  const faiss::Index& index() const {
    return lists_ ? static_cast<const faiss::Index&>(*lists_) : flat_;
  }

  const DenseVectors& vectors_;
  std::span<const uint32_t> nodes_;
  faiss::IndexFlatIP flat_;  // the vectors, or the centres of the lists
  std::unique_ptr<faiss::IndexIVFFlat> lists_;
};

}  // namespace

std::unique_ptr<VectorIndex> MakeFaissIndex(const DenseVectors& vectors,
                                            std::span<const uint32_t> nodes) {
  return std::make_unique<FaissIndex>(vectors, nodes);
}

}  // namespace storyfold
