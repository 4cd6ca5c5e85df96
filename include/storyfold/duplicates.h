#pragma once

#include <absl/status/status.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

// Which article of a cluster of copies represents it: the one to keep. Of
// several the one published earliest, those without a time last; then the
// first.
enum class KeepRule : uint8_t {
  kCentral,      // whose text is most like the others; of several the longest
  kLongest,      // with the most words, lines of boilerplate left out
  kEarliest,     // published first
  kFirst,        // that stands first in the input
  kSourceOrder,  // of the source that stands first in keep_sources; those of
                 // other sources come after all of these
};

struct DuplicateOptions {
  // Pairs have at least this Jaccard similarity of word 5-grams, in [.3, 1].
  // With 48 bands of 4 rows a pair of similarity .5 is found with probability
  // .95, of .6 with .998; over all pairs of a press archive above .5 / .6 / .7
  // that is a recall of .994 / .9997 / 1.
  double min_jaccard = 0.5;

  // Signature bands and values a band; bands <= 2 * (128 / rows). More bands
  // find more of the pairs near the threshold and cost time in proportion.
  uint32_t bands = 48;
  uint32_t rows = 4;

  // A bucket (articles with an equal band) or a group of equal texts up to
  // this size is expanded to all of its pairs, at least 2. Of a larger one
  // only neighbours are compared, and it is counted; equal and near-exact
  // texts stay one cluster, merely similar ones may then fall into several.
  uint32_t max_bucket = 1000;

  // Two clusters of copies are joined while the mean similarity over all pairs
  // between them is at least this, in (0, 1]. The similarity of a pair is the
  // share of the shorter text's rare 3-grams that the other has too, less up to
  // a tenth where the other is much longer.
  double min_cluster_similarity = 0.6;

  // A 3-gram is rare while at most this share of the distinct texts has it,
  // within the two bounds. Lower: templates count less; higher: copies printed
  // very often are still found.
  double rare_share = 0.005;
  uint32_t rare_least = 8;
  uint32_t rare_most = 100;

  // How representatives are chosen. Similarities are to the representative,
  // so by another rule than kCentral they are lower.
  KeepRule keep = KeepRule::kCentral;
  std::vector<std::string> keep_sources = {};  // of kSourceOrder, at least one;
                                               // as Article::source has them
};

absl::Status Validate(const DuplicateOptions& options);

// Two articles and how much of their text is the same.
struct DuplicatePair {
  ArticleId a = 0;  // a < b
  ArticleId b = 0;
  double jaccard = 0;      // of word 5-grams, exact
  double containment = 0;  // share of the smaller set that is in the other

  friend bool operator==(const DuplicatePair&, const DuplicatePair&) = default;
};

struct DuplicatePairs {
  std::vector<DuplicatePair> pairs;  // ordered by a, then b
  // Buckets and groups of equal texts beyond max_bucket, whose pairs are not
  // all listed.
  size_t oversize_buckets = 0;
};

// The clusters of copies among n articles.
struct DuplicateClusters {
  // For each article the representative of its cluster, chosen by
  // DuplicateOptions::keep; its own id for a representative and for an article
  // without copies.
  std::vector<ArticleId> representative;

  // For each article how much of the shorter text, its own or the
  // representative's, stands in the other, in [0, 1]; 1 for representatives.
  std::vector<float> similarity;

  // The pairs the clusters were made of, of articles with distinct texts,
  // ordered by a, then b. They share at least .3 of the rare 3-grams of the
  // shorter one; the similarity is less where their numbers differ, or where
  // that is a small part of the longer one.
  struct Link {
    ArticleId a = 0;
    ArticleId b = 0;
    float similarity = 0;
  };
  std::vector<Link> links;

  size_t oversize_buckets = 0;  // as in DuplicatePairs
};

}  // namespace storyfold
