#include "stories/language_means.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "base/threads.h"

namespace storyfold {
namespace {

// So many vectors make a good mean.
constexpr double kEnoughVectors = 20;

struct Sum {
  double number = 0;
  std::vector<double> values;

  void Add(std::span<const float> row) {
    values.resize(row.size());
    for (size_t d = 0; d < row.size(); ++d) values[d] += double{row[d]};
    ++number;
  }
};

// Returns the mean of a language, filled up with that of all.
std::vector<float> MeanOf(const Sum& sum, const Sum& all) {
  const double lacking = std::max(0.0, kEnoughVectors - sum.number);
  std::vector<float> mean;
  for (size_t d = 0; d < sum.values.size(); ++d) {
    const double filled = sum.values[d] + lacking * all.values[d] / all.number;
    mean.push_back(static_cast<float>(filled / (sum.number + lacking)));
  }
  return mean;
}

}  // namespace

void SubtractLanguageMeans(DenseVectors& vectors) {
  std::map<std::string_view, Sum> of_language;
  Sum all;
  for (size_t i = 0; i < vectors.known.size(); ++i) {
    if (!vectors.known[i]) continue;
    of_language[vectors.languages[i]].Add(vectors.Row(i));
    all.Add(vectors.Row(i));
  }
  std::map<std::string_view, std::vector<float>> means;
  for (const auto& [language, sum] : of_language) {
    means[language] = MeanOf(sum, all);
  }
  ParallelFor(vectors.known.size(), [&](size_t i) {
    if (!vectors.known[i]) return;
    const std::vector<float>& mean = means.find(vectors.languages[i])->second;
    const auto row = vectors.Row(i);
    for (size_t d = 0; d < row.size(); ++d) row[d] -= mean[d];
    vectors.known[i] = ScaleToUnit(row);
  });
}

}  // namespace storyfold
