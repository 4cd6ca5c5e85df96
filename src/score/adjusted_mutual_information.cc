// Adjusted mutual information, with the exact expectation.
//
// Problem.  With n items, gold sizes a_i, predicted sizes b_j and overlaps
// n_ij, mutual information is
//
//   MI = sum_ij  n_ij / n * log(n * n_ij / (a_i * b_j)).
//
// It grows with the number of clusters even when they are random, so Vinh et
// al. subtract its mean over all clusterings with the same sizes, in which
// n_ij is hypergeometric:
//
//   AMI = (MI - E[MI]) / ((H(gold) + H(predicted)) / 2 - E[MI]).
//
// The textbook sum for E[MI] visits all i, j and all values of n_ij, and
// evaluates nine log-factorials in each: hours at 500 k clusters a side, and
// log-factorials of a million are only good to nine digits.
//
// Idea.  Write f(k) = k log k and let
//
//   G = sum_i f(a_i),  P = sum_j f(b_j),  S = sum_ij f(n_ij).
//
// Splitting the logarithm, n MI = S - G - P + f(n), and only S is left to
// chance.  As n H(gold) = f(n) - G, all else cancels:
//
//   AMI = (S - E[S]) / ((G + P) / 2 - E[S]).
//
// This is the adjusted Rand index with k log k in place of k (k - 1) / 2.
// Example: gold A A B B, predicted x y x y.  Every overlap is 1, so S = 0; G =
// P = 2 * 2 log 2; six deals of two items, two of which put a pair in one
// cluster: E[S] = 4/3 * log 2 and AMI = -(4/3) / (4 - 4/3) = -0.5.
//
// E[S] sums E[f(n_ij)], which depends on (a_i, b_j) alone: each pair of
// distinct sizes is worked out once and multiplied.  The hypergeometric weights
// come from the ratio of neighbours
//
//   w(k + 1) / w(k) = (a - k) (b - k) / ((k + 1) (n - a - b + k + 1)),
//
// starting with w = 1 at the most likely k and walking outwards both ways
// until nothing changes; dividing by the sum of the weights at the end spares
// every factorial.  Upwards it is the terms w(k) f(k) that must vanish, not the
// weights: for two pairs among 2^32 items w(2) is 1e-19 beside w(0) = 1, yet it
// is all there is of E[f], and 2^31 clusters a side multiply it by 2^62.
//
// Error.  All terms are non-negative, so the sums keep nearly full precision.
// The two differences lose some if both clusterings are close to one cluster.
//
// Cost.  See the header.  Distinct sizes are few: to have d of them takes
// d^2 / 2 items, so a million items have at most 1,413 a side.
//
// Vinh, Epps & Bailey, "Information Theoretic Measures for Clusterings
// Comparison", JMLR 11, 2010.  Tested by literals of scikit-learn, and by
// dealing the items in every possible way.

#include "score/adjusted_mutual_information.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace storyfold {
namespace {

// Relative size of a term that no longer matters.  The terms after it fall
// off geometrically, so it leaves some digits to spare.
constexpr double kNegligible = 1e-20;

// f of the essay.
double KLogK(double k) { return k < 2 ? 0 : k * std::log(k); }

// Returns E[f(k)] for the overlap k of a cluster of `a` and one of `b` items,
// thrown at random among n items.  All are whole numbers.
double ExpectedKLogK(double n, double a, double b) {
  const double mode = std::clamp(std::floor((a + 1) * (b + 1) / (n + 2)),
                                 std::max(0.0, a + b - n), std::min(a, b));
  double weights = 1;
  double sum = KLogK(mode);

  double weight = 1;
  for (double k = mode + 1; k <= std::min(a, b); ++k) {
    weight *= (a - k + 1) * (b - k + 1) / (k * (n - a - b + k));
    const double term = weight * KLogK(k);
    weights += weight;
    sum += term;
    if (k >= 2 && term <= kNegligible * sum) break;
  }

  weight = 1;
  for (double k = mode; k > 0 && weight > kNegligible * weights; --k) {
    weight *= k * (n - a - b + k) / ((a - k + 1) * (b - k + 1));
    weights += weight;
    sum += weight * KLogK(k - 1);
  }
  return sum / weights;
}

// Returns E[S] of the essay.
double ExpectedOverlapSum(const SizeCensus& census) {
  const auto items = static_cast<double>(census.items);
  double sum = 0;
  for (const SizeCount& gold : census.gold) {
    for (const SizeCount& predicted : census.predicted) {
      sum += static_cast<double>(gold.clusters) *
             static_cast<double>(predicted.clusters) *
             ExpectedKLogK(items, static_cast<double>(gold.size),
                           static_cast<double>(predicted.size));
    }
  }
  return sum;
}

// Returns S of the essay.
double OverlapSum(const std::vector<OverlapCount>& counts) {
  double sum = 0;
  for (const OverlapCount& count : counts) {
    sum += static_cast<double>(count.overlaps) *
           KLogK(static_cast<double>(count.shared));
  }
  return sum;
}

// Returns G or P of the essay.
double SizeSum(const std::vector<SizeCount>& counts) {
  double sum = 0;
  for (const SizeCount& count : counts) {
    sum += static_cast<double>(count.clusters) *
           KLogK(static_cast<double>(count.size));
  }
  return sum;
}

}  // namespace

double AdjustedMutualInformation(const SizeCensus& census) {
  const double expected = ExpectedOverlapSum(census);
  const double most = (SizeSum(census.gold) + SizeSum(census.predicted)) / 2;
  return (OverlapSum(census.overlaps) - expected) / (most - expected);
}

}  // namespace storyfold
