#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/mapped_file.h"

namespace storyfold {

// A matrix of a file of NumPy's format .npy.
class NpyMatrix {
 public:
  // Reads a matrix of little-endian float32 (mapped) or float16 (converted), in
  // C order. Errors: what the file is instead, with its name. Everything the
  // header says is checked against the size of the file.
  static absl::StatusOr<NpyMatrix> Read(const std::string& path);

  size_t rows() const { return rows_; }
  size_t columns() const { return columns_; }
  std::span<const float> Row(size_t i) const {
    return values_.subspan(i * columns_, columns_);
  }

 private:
  size_t rows_ = 0;
  size_t columns_ = 0;
  std::span<const float> values_;
  std::shared_ptr<const MappedFile> file_;  // what the values are in; or
  std::shared_ptr<const std::vector<float>> converted_;
};

}  // namespace storyfold
