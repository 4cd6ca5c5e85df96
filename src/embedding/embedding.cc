#include "storyfold/embedding.h"

namespace storyfold {

absl::Status Validate(const DenseWeights& weights) {
  const auto within = [](double x, double low, double high) {
    return x >= low && x <= high;  // not so for a number that is none
  };
  const bool valid = within(weights.cross_language_scale, 0, 4) &&
                     within(weights.cross_language_least, 0, 1) &&
                     within(weights.same_language_scale, 0, 2) &&
                     within(weights.headline_share, 0, 1) &&
                     within(weights.full_text_share, 0, 1) &&
                     within(weights.headline_cut, 0.01, 1);
  return valid ? absl::OkStatus()
               : absl::InvalidArgumentError(
                     "thresholds: scales must be in [0, 2] (across languages "
                     "[0, 4]), cross_language_least and shares in [0, 1], "
                     "headline_cut in [.01, 1]");
}

}  // namespace storyfold
