#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <string>

#include "io/npy.h"
#include "storyfold/article.h"

namespace storyfold {

// Dense vectors of articles that the user has made: a matrix, and the id of the
// article of each row.
class VectorFile {
 public:
  // Reads the matrix in `path`, whose name ends in ".npy", and beside it the
  // file whose name ends in ".ids" instead: text, one id a line.
  // Errors: the file, the line and what is wrong.
  static absl::StatusOr<VectorFile> Read(const std::string& path);

  // Lets the articles whose ids are known have their vectors, which stay here.
  // Returns how many there are.
  size_t GiveTo(std::span<Article> articles) const;

  size_t rows() const { return matrix_.rows(); }

 private:
  NpyMatrix matrix_;
  absl::flat_hash_map<std::string, uint32_t> row_of_;
};

}  // namespace storyfold
