// Most articles of the window have nothing to do with those of tonight: their
// stories stay as they are, and reading them again would be most of the work of
// a night. So the window is asked who is near:
//
//   - who shares keys of bands and 3-grams with an article of tonight, and may
//     be a copy (copy_candidates.cc);
//   - who shares heavy terms with one. Each night leaves the 20 heaviest terms
//     of its articles behind (night_terms.h). Tonight's articles know what
//     theirs weigh; if the other's weigh the same, a shared term adds the square
//     of that to the cosine. From .20 on two are near;
//   - the articles of a story that has one of these in it, as a story is
//     clustered whole or not at all;
//   - all articles of nights that left no terms behind.
//
// Of a term that many articles of a night have, 100 of them are asked: one
// article of a story brings the rest of it along.
//
// Measured: a nightly stream against one batch over all of it, BCubed F1, where
// the whole window is read / from .08 / .20 on: two days of English web news in
// six nights .990 / .990 / .977, of Russian .983 / .983 / .965; against their
// labels the last loses .001 to .002. Of 30 synthetic nights of 5,000 articles
// .20 reads a fifth of the window, and the labels tell no difference.
//
// Tested by: tests/state/near_articles_test.cc

#include "state/near_articles.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "sketch/sketch.h"
#include "state/copy_candidates.h"
#include "stories/bags.h"
#include "stories/languages.h"
#include "stories/vectors.h"

namespace storyfold {
namespace {

constexpr float kLeastShared = 0.20f;
constexpr size_t kMostHolders = 100;

// What tonight's articles are about.
struct TonightTerms {
  KeyTable heavy;  // places are places in tonight's articles
  TermVectors vectors;
};

TonightTerms TermsOf(const NearSearch& search) {
  std::vector<ArticleId> all(search.articles.size());
  std::iota(all.begin(), all.end(), 0);
  const auto languages = LanguagesOf(search.articles, all);
  TermBags bags = ReadBags(search.articles, all, languages, {});
  AddElsewhere({search.terms.counts, search.terms.num_articles}, bags);
  const auto words =
      search.options.words ? search.options.words : BuiltInWords();
  const VirtualArticles more =
      VirtualArticlesFor(bags.num_tokens, *words, bags.num_elsewhere);
  TonightTerms terms;
  terms.vectors = ComputeVectors(std::move(bags), more);
  for (uint32_t a = 0; a < all.size(); ++a) {
    AppendHeavyTerms(terms.vectors, a, a, terms.heavy);
  }
  std::ranges::sort(terms.heavy);
  return terms;
}

// Returns for each record of tonight's heavy terms the square of its weight.
std::vector<float> SquaredWeights(const TonightTerms& terms) {
  absl::flat_hash_map<uint64_t, float> weight;
  for (uint32_t a = 0; a < terms.vectors.size(); ++a) {
    for (const VectorEntry& e : terms.vectors.rows.Row(a)) {
      const uint64_t term = terms.vectors.vocabulary[e.term].term;
      weight[KeyOfTerm(term) << 32 | a] = e.value * e.value;
    }
  }
  std::vector<float> squares;
  for (const uint64_t record : terms.heavy) squares.push_back(weight[record]);
  return squares;
}

// Adds the numbers of the articles that share heavy terms with tonight's.
void AddByTerms(const NearSearch& search, std::set<int64_t>& numbers) {
  const TonightTerms terms = TermsOf(search);
  const std::vector<float> squares = SquaredWeights(terms);
  for (const KeyTable& night : search.terms.heavy) {
    absl::flat_hash_map<uint64_t, float> shared;  // tonight's << 32 | number
    ForEachSharedKey(terms.heavy, night, [&](const SharedKey& key) {
      const auto first = static_cast<size_t>(&key.ours[0] - &terms.heavy[0]);
      const auto theirs =
          key.theirs.first(std::min(kMostHolders, key.theirs.size()));
      for (size_t k = 0; k < key.ours.size(); ++k) {
        for (const uint64_t other : theirs) {
          shared[key.ours[k] << 32 | PlaceOfRecord(other)] +=
              squares[first + k];
        }
      }
    });
    for (const auto& [pair, sum] : shared) {
      if (sum >= kLeastShared) numbers.insert(PlaceOfRecord(pair));
    }
  }
}

// Adds the numbers of the articles that may be copies.
absl::Status AddByKeys(const StateFiles& files, Database& database,
                       const NearSearch& search, std::set<int64_t>& numbers) {
  Statement statement = database.Prepare(
      "SELECT segment, articles FROM segments WHERE segment IN "
      "(SELECT segment FROM articles WHERE time >= ?) ORDER BY segment");
  statement.With(search.window_begin);
  std::vector<SegmentToSearch> segments;
  while (statement.Next()) {
    segments.push_back(
        {statement.Int(0), static_cast<uint32_t>(statement.Int(1))});
  }
  if (!database.ok()) return database.status();
  const std::vector<Sketch> sketches = SketchArticles(search.articles, {});
  std::vector<const Sketch*> asked;
  for (const Sketch& sketch : sketches) asked.push_back(&sketch);
  const auto candidates =
      FindCopyCandidates(files, database,
                         {asked,
                          segments,
                          {search.window_begin,
                           std::numeric_limits<int64_t>::max()}});
  if (!candidates.ok()) return candidates.status();
  numbers.insert(candidates->numbers.begin(), candidates->numbers.end());
  return absl::OkStatus();
}

// Adds the rows of a query of numbers.
void AddRows(Statement& statement, std::set<int64_t>& numbers) {
  while (statement.Next()) numbers.insert(statement.Int(0));
}

// Returns the articles of the window that are in a story of one of `numbers`.
std::set<int64_t> WithStories(const std::set<int64_t>& numbers,
                              int64_t window_begin, Database& database) {
  std::set<int64_t> stories;
  Statement story =
      database.Prepare("SELECT story FROM articles WHERE number = ?");
  for (const int64_t number : numbers) {
    story.With(number);
    AddRows(story, stories);
  }
  std::set<int64_t> all;
  Statement members = database.Prepare(
      "SELECT number FROM articles WHERE story = ? AND time >= ?");
  for (const int64_t s : stories) {
    members.With(s, window_begin);
    AddRows(members, all);
  }
  return all;
}

}  // namespace

absl::StatusOr<std::vector<int64_t>> FindNearArticles(
    const StateFiles& files, Database& database, const NearSearch& search) {
  std::set<int64_t> numbers(search.changed.begin(), search.changed.end());
  const absl::Status searched = AddByKeys(files, database, search, numbers);
  if (!searched.ok()) return searched;
  AddByTerms(search, numbers);
  Statement pinned = database.Prepare(
      "SELECT number FROM articles WHERE id IN "
      "(SELECT a FROM pins UNION SELECT b FROM pins)");
  std::set<int64_t> always;
  AddRows(pinned, always);
  numbers.insert(always.begin(), always.end());
  std::set<int64_t> near =
      WithStories(numbers, search.window_begin, database);
  near.insert(always.begin(), always.end());
  Statement unknown = database.Prepare(
      "SELECT number FROM articles WHERE time >= ? AND night = ?");
  for (const int64_t night : search.terms.unknown_nights) {
    unknown.With(search.window_begin, night);
    AddRows(unknown, near);
  }
  if (!database.ok()) return database.status();
  return std::vector<int64_t>(near.begin(), near.end());
}

}  // namespace storyfold
