#pragma once

#include <absl/status/status.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "storyfold/article.h"
#include "storyfold/duplicates.h"

namespace storyfold {

// What another program needs to find copies of an article the way storyfold
// does. Everything is made of the words of the text (of the title where it has
// none), is the same on every machine, and does not depend on the other
// articles: articles may be fingerprinted in parts, on many machines.
struct ArticleFingerprint {
  // Words of the text. Of an article with none all else is zero and empty; it
  // is a copy of nothing and belongs in no table.
  uint32_t num_words = 0;

  // SimHash of the word 5-grams, repeats counted (Charikar, STOC 2002).
  // Texts that are nearly the same differ in few of the 64 bits.
  uint64_t simhash = 0;

  // MinHash of the set of word 5-grams (Shrivastava, ICML 2017). The share of
  // equal values estimates the Jaccard similarity of two texts, with a
  // standard error of at most .045, up to .06 for texts of a dozen words.
  std::array<uint32_t, 128> signature = {};

  // One key for each band of the signature. Two articles are candidates when
  // bands[i] of one is bands[i] of the other for some i: a pair of Jaccard
  // similarity J with a probability of about 1 - (1 - J^rows)^bands, .95 at .5
  // and .9999 at .7 for the defaults. Signed, for engines that know no other:
  // the bits of an unsigned hash, of the whole range.
  std::vector<int64_t> bands;

  bool empty() const { return num_words == 0; }
};

// Returns the fingerprint of every article, in order; options.bands and
// options.rows are used. An inner join on (i, bands[i]) gives the candidates
// FindPairs verifies with the same options, those of equal texts among them;
// FindPairs leaves pairs out of buckets beyond max_bucket.
//
// Reads `articles` only while it runs. Parallel on the threads of the calling
// thread's arena, the same at any number of them; may be called from several
// threads at once. About 2 us an article of 500 words; memory: 0.9 kB an
// article.
// REQUIRES: Validate(options).ok(); each text valid UTF-8 and shorter than
// 4 GiB
std::vector<ArticleFingerprint> FingerprintArticles(
    std::span<const Article> articles, const DuplicateOptions& options = {});

struct FingerprintPairOptions {
  // Pairs differ in at most so many bits of their SimHash, 0 to 7. Of the
  // pairs of a press archive with a Jaccard similarity of .8 or more, 3 finds
  // one in twelve: it is for texts that are nearly equal. The search takes
  // eight times as long at 7 as at 3.
  uint32_t max_distance = 3;

  // Pairs have at least this Jaccard similarity of word 5-grams, in [0, 1].
  double min_jaccard = 0;

  // A group of equal fingerprints up to this size is expanded to all of its
  // pairs, at least 2. Of a larger one each is paired with the next, and it is
  // counted.
  uint32_t max_bucket = 1000;
};

absl::Status Validate(const FingerprintPairOptions& options);

struct FingerprintPair {
  DuplicatePair texts;    // exact, as FindPairs gives them
  uint32_t distance = 0;  // bits in which the SimHashes differ

  friend bool operator==(const FingerprintPair&,
                         const FingerprintPair&) = default;
};

struct FingerprintPairs {
  std::vector<FingerprintPair> pairs;  // ordered by texts.a, then texts.b
  // Groups that are not listed pair by pair, or not compared whole, because
  // they are larger than max_bucket; when 0, no pair is missing.
  size_t oversize_buckets = 0;
};

// Returns the pairs of articles whose SimHashes differ in at most max_distance
// bits: all of them, by the tables of Manku, Jain & Das Sarma ("Detecting
// Near-Duplicates for Web Crawling", WWW 2007). Articles without words are in
// no pair.
//
// Time: that of reading the texts twice, .3 s for a million fingerprints at a
// distance of 3 and 2 s at 7 on one thread, and the verification of the pairs
// found. Memory: 1.2 kB an article and 60 bytes a pair. Threads as above.
// REQUIRES: Validate(options).ok(); fewer than 2^32 articles; each text valid
// UTF-8 and shorter than 4 GiB
FingerprintPairs FindFingerprintPairs(std::span<const Article> articles,
                                      const FingerprintPairOptions& options);

}  // namespace storyfold
