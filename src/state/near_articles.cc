// Most articles of the window have nothing to do with those of tonight: their
// stories stay as they are, and reading them again would be most of the work of
// a night. So the window is asked who is near:
//
//   - who shares keys of bands and 3-grams with an article of tonight, and may
//     be a copy (copy_candidates.cc), with the rest of its cluster: only these
//     are compared for copies and lines, which is half of the work;
//   - who shares heavy terms with one. Each night leaves the 20 heaviest terms
//     of its articles behind (night_terms.h). Tonight's articles know what
//     theirs weigh; if the other's weigh the same, a shared term adds the
//     square of that to the cosine. From .22 on two are near, a little below
//     the gate of stories (gate.cc). That takes weaker pairs, too, where both
//     their names and their plain words agree, so a sum of .17 counts from two
//     terms on, with names and plain words among them unless ours has none;
//   - the articles of a story that has one of these in it, as a story is
//     clustered whole or not at all;
//   - all articles of nights that left no terms behind.
//
// Of a term that many articles of a night have, the 100 are asked in which it
// weighs most: one article of a story brings the rest of it along.
//
// Measured with a gate that asked for .22 of all pairs: a stream against one
// batch over all of it, BCubed F1, where two are near from 0 / .10 / .15 / .20
// on: two days of English web news in six nights .990 / .989 / .982 / .974, of
// Russian .983 / .980 / .974 / .965; against their labels the last loses .002.
// From .20 on .39 and .31 of the window are read there, from .15 on .49 and
// .39. The rule as it is gives .985 and .970, against labels what one batch
// gives, and reads .40 and .32; where weak pairs need not share both kinds of
// words, .987 and .972 for .42 and .34. Of synthetic nights of 20,000 articles
// it reads an eighth, where they need not a fifth (benchmarks/README.md).
//
// Tested by: tests/state/near_articles_test.cc

#include "state/near_articles.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "base/csr.h"
#include "base/threads.h"
#include "sketch/sketch.h"
#include "state/catalogue.h"
#include "state/copy_candidates.h"
#include "stories/bags.h"
#include "stories/languages.h"
#include "stories/topics.h"
#include "stories/vectors.h"

namespace storyfold {
namespace {

constexpr float kNear = 0.22f;
constexpr float kWeaklyNear = 0.17f;
constexpr uint32_t kTermsOfWeak = 2;
constexpr float kLeastOfKind = 0.02f;
// Most pairs share a term that matters little to both; they are not worth a
// place in a table.
constexpr float kLeastProduct = 0.02f;
constexpr size_t kMostHoldersOfTerm = 100;

// The heavy terms of tonight's articles, by their places; ascending.
struct HeavyOfTonight {
  std::vector<HeavyTerm> heavy;
  std::vector<char> is_name;  // of each
};

// Returns for each of `heavy` whether it is a name. REQUIRES: its terms are in
// the vocabulary
std::vector<char> FindNames(std::span<const HeavyTerm> heavy,
                            std::span<const TermCount> vocabulary) {
  std::vector<char> is_name;
  is_name.reserve(heavy.size());
  auto at = vocabulary.begin();
  for (const HeavyTerm& h : heavy) {
    while (at->term >> 32 < h.term) ++at;
    is_name.push_back(IsName(*at));
  }
  return is_name;
}

HeavyOfTonight HeavyTermsOfTonight(const NearSearch& search) {
  std::vector<ArticleId> all(search.articles.size());
  std::iota(all.begin(), all.end(), 0);
  const auto languages = LanguagesOf(search.articles, all);
  TermBags bags = ReadBags({search.articles, OneEach(all), languages, {}});
  AddElsewhere({search.terms.counts, search.terms.num_articles}, bags);
  const auto words =
      search.options.words ? search.options.words : BuiltInWords();
  const VirtualArticles more =
      VirtualArticlesFor(bags.num_tokens, *words, bags.num_elsewhere);
  const TermVectors vectors = ComputeVectors(std::move(bags), more);
  HeavyOfTonight tonight;
  for (uint32_t a = 0; a < all.size(); ++a) {
    AppendHeavyTerms(vectors, a, a, tonight.heavy);
  }
  ParallelSort(tonight.heavy);
  tonight.is_name = FindNames(tonight.heavy, vectors.vocabulary);
  return tonight;
}

using HeavyTerms = std::span<const HeavyTerm>;

// Returns the entries of the first term.
HeavyTerms FirstTerm(HeavyTerms heavy) {
  size_t size = 1;
  while (size < heavy.size() && heavy[size].term == heavy[0].term) ++size;
  return heavy.first(size);
}

// Calls visit(ours, theirs) for the entries of every term that both have.
template <typename Visit>
void ForEachSharedTerm(HeavyTerms ours, HeavyTerms theirs, const Visit& visit) {
  while (!ours.empty() && !theirs.empty()) {
    const HeavyTerms a = FirstTerm(ours);
    const HeavyTerms b = FirstTerm(theirs);
    if (a[0].term == b[0].term) visit(a, b);
    if (a[0].term <= b[0].term) ours = ours.subspan(a.size());
    if (b[0].term <= a[0].term) theirs = theirs.subspan(b.size());
  }
}

// An article of a night by its place in NightHolders, and what a term weighs.
struct Holder {
  uint32_t place = 0;
  float weight = 0;
};

// The heavy terms of a night.
struct NightHolders {
  std::vector<uint32_t> numbers;  // of its articles
  std::vector<Holder> holders;    // beside its heavy terms
};

NightHolders HoldersOf(HeavyTerms night) {
  NightHolders result;
  result.holders.reserve(night.size());
  absl::flat_hash_map<uint32_t, uint32_t> places;
  for (const HeavyTerm& heavy : night) {
    const auto [place, is_new] =
        places.try_emplace(heavy.article, static_cast<uint32_t>(places.size()));
    if (is_new) result.numbers.push_back(heavy.article);
    result.holders.push_back({place->second, heavy.weight});
  }
  return result;
}

// A heavy term of an article of tonight that stored ones have, too.
struct SharedTerm {
  uint32_t article = 0;  // of tonight
  float weight = 0;
  bool is_name = false;
  std::span<const Holder> holders;
};

// Returns them by article, those of each ascending.
Csr<SharedTerm> FindSharedTerms(const HeavyOfTonight& tonight,
                                size_t num_articles, HeavyTerms night,
                                std::span<const Holder> holders) {
  std::vector<SharedTerm> shared;
  const HeavyTerms all(tonight.heavy);
  ForEachSharedTerm(all, night, [&](HeavyTerms ours, HeavyTerms theirs) {
    const auto begin = static_cast<size_t>(theirs.data() - night.data());
    const size_t size = std::min(kMostHoldersOfTerm, theirs.size());
    const bool is_name =
        tonight.is_name[static_cast<size_t>(ours.data() - all.data())];
    for (const HeavyTerm& a : ours) {
      shared.push_back(
          {a.article, a.weight, is_name, holders.subspan(begin, size)});
    }
  });
  return GroupByRow(std::span<const SharedTerm>(shared), num_articles,
                    [](const SharedTerm& term) { return term.article; });
}

// What an article of a night shares with one of tonight.
struct SharedSum {
  float names = 0;
  float plain_words = 0;
  uint32_t terms = 0;
};

// Which kinds of words an article has among its heavy terms.
struct KindsOfWords {
  bool names = false;
  bool plain_words = false;
};

bool IsNear(const SharedSum& sum, KindsOfWords kinds) {
  const float cosine = sum.names + sum.plain_words;
  if (cosine >= kNear) return true;
  return cosine >= kWeaklyNear && sum.terms >= kTermsOfWeak &&
         (!kinds.names || sum.names >= kLeastOfKind) &&
         (!kinds.plain_words || sum.plain_words >= kLeastOfKind);
}

// Returns the kinds of each article.
std::vector<KindsOfWords> KindsOf(const HeavyOfTonight& tonight,
                                  size_t num_articles) {
  std::vector<size_t> names(num_articles, 0);
  std::vector<size_t> plain_words(num_articles, 0);
  for (size_t k = 0; k < tonight.heavy.size(); ++k) {
    auto& count = tonight.is_name[k] ? names : plain_words;
    ++count[tonight.heavy[k].article];
  }
  std::vector<KindsOfWords> kinds;
  for (size_t a = 0; a < num_articles; ++a) {
    kinds.push_back({names[a] >= kNames.least_terms,
                     plain_words[a] >= kPlainWords.least_terms});
  }
  return kinds;
}

// Which articles of a night are near; room for sums.
struct NearOfNight {
  std::vector<char> is_near;
  std::vector<SharedSum> sums;
  std::vector<uint32_t> places;  // where they are not 0

  void Add(std::span<const SharedTerm> terms, KindsOfWords kinds) {
    for (const SharedTerm& term : terms) {
      for (const Holder& holder : term.holders) {
        const float product = term.weight * holder.weight;
        if (product < kLeastProduct) break;  // the others weigh less
        SharedSum& sum = sums[holder.place];
        if (sum.terms++ == 0) places.push_back(holder.place);
        (term.is_name ? sum.names : sum.plain_words) += product;
      }
    }
    for (const uint32_t place : places) {
      if (IsNear(sums[place], kinds)) is_near[place] = true;
      sums[place] = {};
    }
    places.clear();
  }
};

// Returns the numbers of the articles of a night that share heavy terms with
// tonight's.
std::vector<uint32_t> NearOf(HeavyTerms night, const HeavyOfTonight& tonight,
                             std::span<const KindsOfWords> kinds) {
  const NightHolders stored = HoldersOf(night);
  const size_t size = stored.numbers.size();
  const Csr<SharedTerm> shared =
      FindSharedTerms(tonight, kinds.size(), night, stored.holders);
  const auto parts = ParallelPartialResults<NearOfNight>(
      kinds.size(), [&](size_t article, NearOfNight& near) {
        near.is_near.resize(size);
        near.sums.resize(size);
        near.Add(shared.Row(article), kinds[article]);
      });
  std::vector<uint32_t> numbers;
  for (const NearOfNight& near : parts) {
    for (size_t place = 0; place < size; ++place) {
      if (near.is_near[place]) numbers.push_back(stored.numbers[place]);
    }
  }
  return numbers;
}

// Adds the numbers of the articles that share heavy terms with tonight's.
void AddByTerms(const NearSearch& search, std::set<int64_t>& numbers) {
  const HeavyOfTonight tonight = HeavyTermsOfTonight(search);
  const std::vector<KindsOfWords> kinds =
      KindsOf(tonight, search.articles.size());
  const auto& nights = search.terms.heavy;
  std::vector<std::vector<uint32_t>> near(nights.size());
  ParallelFor(nights.size(),
              [&](size_t n) { near[n] = NearOf(nights[n], tonight, kinds); });
  for (const auto& of_night : near) {
    numbers.insert(of_night.begin(), of_night.end());
  }
}

// Adds the numbers of the articles that may be copies.
absl::Status AddByKeys(const StateFiles& files, Database& database,
                       const NearSearch& search, std::set<int64_t>& numbers) {
  Statement statement = database.Prepare(
      "SELECT segment, articles FROM segments WHERE latest >= ? "
      "ORDER BY segment");
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
  const auto candidates = FindCopyCandidates(
      files, database,
      {asked,
       segments,
       {search.window_begin, std::numeric_limits<int64_t>::max()}});
  if (!candidates.ok()) return candidates.status();
  numbers.insert(candidates->numbers.begin(), candidates->numbers.end());
  return absl::OkStatus();
}

// Adds the rows of a query of numbers.
void AddRows(Statement& statement, std::set<int64_t>& numbers) {
  while (statement.Next()) numbers.insert(statement.Int(0));
}

// What articles are in together: a column of the catalogue.
enum class Group { kCluster, kStory };

// Returns the articles of the window that are in a group of one of `numbers`.
std::set<int64_t> WithGroups(const std::set<int64_t>& numbers, Group group,
                             int64_t window_begin, Database& database) {
  const bool by_story = group == Group::kStory;
  std::set<int64_t> groups;
  Statement group_of = database.Prepare(
      by_story ? "SELECT story FROM articles WHERE number = ?"
               : "SELECT cluster FROM articles WHERE number = ?");
  for (const int64_t number : numbers) {
    group_of.With(number);
    AddRows(group_of, groups);
  }
  std::set<int64_t> all;
  Statement members = database.Prepare(
      by_story ? "SELECT number FROM articles WHERE story = ? AND time >= ?"
               : "SELECT number FROM articles WHERE cluster = ? AND time >= ?");
  for (const int64_t g : groups) {
    members.With(g, window_begin);
    AddRows(members, all);
  }
  return all;
}

}  // namespace

absl::StatusOr<NearArticles> FindNearArticles(const StateFiles& files,
                                              Database& database,
                                              const NearSearch& search) {
  std::set<int64_t> numbers(search.changed.begin(), search.changed.end());
  const absl::Status searched = AddByKeys(files, database, search, numbers);
  if (!searched.ok()) return searched;
  const std::set<int64_t> always = PinnedArticles(database);
  numbers.insert(always.begin(), always.end());
  std::set<int64_t> compared =
      WithGroups(numbers, Group::kCluster, search.window_begin, database);
  compared.insert(always.begin(), always.end());
  numbers.insert(compared.begin(), compared.end());
  AddByTerms(search, numbers);
  std::set<int64_t> near =
      WithGroups(numbers, Group::kStory, search.window_begin, database);
  near.insert(always.begin(), always.end());
  Statement unknown = database.Prepare(
      "SELECT number FROM articles WHERE time >= ? AND night = ?");
  for (const int64_t night : search.terms.unknown_nights) {
    unknown.With(search.window_begin, night);
    AddRows(unknown, near);
  }
  if (!database.ok()) return database.status();
  return NearArticles{{near.begin(), near.end()},
                      {compared.begin(), compared.end()}};
}

}  // namespace storyfold
