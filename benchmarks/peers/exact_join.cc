// Prints every pair of articles whose word 5-grams have a Jaccard similarity
// of at least a threshold: id, id, similarity. The baseline of the table of
// peers, and what makes its list of true pairs.
//
// An exact join with a prefix filter (Chaudhuri, Ganti, Kaushik 2006; Bayardo,
// Ma, Srikant 2007). Order the shingles of all sets in one way, rarest first.
// Two sets with J(x, y) >= t share at least t |x| shingles, so x cannot miss
// all of its first |x| - ceil(t |x|) + 1 ones: only sets that share one of
// those are compared. With t = .5 that is half of the set, but the rare half.
//
//   x = a b c d, t = .5: a set y that shares two of them has one of a b c
//
// Plain on purpose: one thread, no positional or suffix filter, a merge for
// every candidate.
//
// Words are runs of ASCII letters, ASCII digits and bytes of other characters,
// in lower case (ASCII only). A text of fewer than five words is one shingle.
//
// usage: exact_join ARTICLES.jsonl MIN_JACCARD

#include <simdjson.h>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr size_t kShingleWords = 5;

struct Articles {
  std::vector<std::string> ids;
  std::vector<std::vector<uint64_t>> shingles;  // sorted, each once
};

// Returns the byte in lower case, 0 where it is part of no word.
char WordByte(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  const bool in_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       static_cast<unsigned char>(c) >= 128;
  return in_word ? c : '\0';
}

std::vector<uint64_t> HashWords(std::string_view text) {
  std::vector<uint64_t> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(XXH3_64bits(word.data(), word.size()));
    word.clear();
  };
  for (const char c : text) {
    const char folded = WordByte(c);
    if (folded == '\0') {
      end_word();
    } else {
      word += folded;
    }
  }
  end_word();
  return words;
}

std::vector<uint64_t> ShingleSet(std::string_view text) {
  const std::vector<uint64_t> words = HashWords(text);
  std::vector<uint64_t> set;
  if (words.empty()) return set;
  const size_t size = std::min(kShingleWords, words.size());
  for (size_t i = 0; i + size <= words.size(); ++i) {
    set.push_back(XXH3_64bits(&words[i], size * sizeof(uint64_t)));
  }
  std::ranges::sort(set);
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

Articles ReadArticles(const char* path) {
  Articles articles;
  simdjson::ondemand::parser parser;
  const simdjson::padded_string json = simdjson::padded_string::load(path);
  simdjson::ondemand::document_stream records =
      parser.iterate_many(json, size_t{1} << 24);
  for (auto record : records) {
    simdjson::ondemand::object fields = record.get_object();
    const std::string_view id = fields.find_field_unordered("id");
    articles.ids.emplace_back(id);
    const std::string_view text = fields.find_field_unordered("text");
    articles.shingles.push_back(ShingleSet(text));
  }
  return articles;
}

// Sets of ranks: 0 is the rarest shingle that two sets have.
struct RankedSets {
  std::vector<std::vector<uint32_t>> shared;  // ranks of each set, ascending
  std::vector<size_t> sizes;                  // with what no other set has
  size_t num_ranks = 0;
};

struct Posting {
  uint64_t shingle;
  uint32_t set;

  friend auto operator<=>(const Posting&, const Posting&) = default;
};

// Returns the postings of each shingle that at least two sets have, rarest
// first. REQUIRES: sorted
std::vector<std::span<const Posting>> GroupShared(
    std::span<const Posting> postings) {
  std::vector<std::span<const Posting>> groups;
  for (size_t begin = 0, end = 0; begin < postings.size(); begin = end) {
    while (end < postings.size() &&
           postings[end].shingle == postings[begin].shingle) {
      ++end;
    }
    if (end - begin > 1) groups.push_back(postings.subspan(begin, end - begin));
  }
  std::ranges::stable_sort(groups, {}, [](const auto& g) { return g.size(); });
  return groups;
}

RankedSets RankShingles(std::span<const std::vector<uint64_t>> sets) {
  RankedSets ranked{std::vector<std::vector<uint32_t>>(sets.size()), {}, 0};
  std::vector<Posting> postings;
  for (uint32_t i = 0; i < sets.size(); ++i) {
    ranked.sizes.push_back(sets[i].size());
    for (const uint64_t shingle : sets[i]) postings.push_back({shingle, i});
  }
  std::ranges::sort(postings);
  for (const auto& group : GroupShared(postings)) {
    const auto rank = static_cast<uint32_t>(ranked.num_ranks++);
    for (const Posting& p : group) ranked.shared[p.set].push_back(rank);
  }
  return ranked;
}

size_t IntersectionSize(std::span<const uint32_t> x,
                        std::span<const uint32_t> y) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    if (x[i] == y[j]) {
      ++common, ++i, ++j;
    } else if (x[i] < y[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}

double Jaccard(const RankedSets& sets, uint32_t x, uint32_t y) {
  const size_t common = IntersectionSize(sets.shared[x], sets.shared[y]);
  return static_cast<double>(common) /
         static_cast<double>(sets.sizes[x] + sets.sizes[y] - common);
}

// Returns the shared shingles of a set that another of the same size or
// smaller cannot miss all of: those that no other set has come first.
std::span<const uint32_t> Prefix(const RankedSets& sets, uint32_t x,
                                 double least_common) {
  const std::span<const uint32_t> shared = sets.shared[x];
  const size_t size = sets.sizes[x];
  const size_t unshared = size - shared.size();
  const size_t prefix = size - static_cast<size_t>(std::ceil(least_common)) + 1;
  if (prefix <= unshared) return {};
  return shared.first(std::min(prefix - unshared, shared.size()));
}

// A set is compared with the smaller ones before it, so that an index of
// prefixes can grow as it goes.
void PrintPairs(const Articles& articles, double min_jaccard) {
  const RankedSets sets = RankShingles(articles.shingles);
  std::vector<uint32_t> by_size(sets.sizes.size());
  std::iota(by_size.begin(), by_size.end(), 0u);
  std::ranges::stable_sort(by_size, {},
                           [&](uint32_t i) { return sets.sizes[i]; });

  std::vector<std::vector<uint32_t>> sets_with(sets.num_ranks);
  std::vector<uint32_t> last_seen(by_size.size(), UINT32_MAX);
  for (const uint32_t x : by_size) {
    const double least_common =
        min_jaccard * static_cast<double>(sets.sizes[x]) - 1e-9;
    for (const uint32_t shingle : Prefix(sets, x, least_common)) {
      for (const uint32_t y : sets_with[shingle]) {
        const bool seen = std::exchange(last_seen[y], x) == x;
        if (seen || static_cast<double>(sets.sizes[y]) < least_common) continue;
        const double jaccard = Jaccard(sets, x, y);
        if (jaccard < min_jaccard) continue;
        std::printf("%s\t%s\t%.6f\n", articles.ids[std::min(x, y)].c_str(),
                    articles.ids[std::max(x, y)].c_str(), jaccard);
      }
      sets_with[shingle].push_back(x);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: exact_join ARTICLES.jsonl MIN_JACCARD\n");
    return 2;
  }
  try {
    PrintPairs(ReadArticles(argv[1]), std::atof(argv[2]));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "exact_join: %s\n", error.what());
    return 1;
  }
}
