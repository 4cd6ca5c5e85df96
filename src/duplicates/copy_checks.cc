// Where two texts share rare 3-grams and are no copies, as read in the errors
// on 22,134 edited wire texts: reports that quote one statement, and reports
// made from one template. The texts of two slide shows share nothing but
// "Slide 3 of 12", which is a different 3-gram on every slide; so 3-grams with
// a number are no evidence where little is shared. Of pairs that share .68 to
// .8 of their rare 3-grams and less than half of their numbers, seven in eight
// are such reports; of those that share more numbers, one in three.
//
// Tested by: tests/duplicates/copy_checks_test.cc

#include "duplicates/copy_checks.h"

#include <algorithm>
#include <iterator>

#include "base/threads.h"
#include "duplicates/rare_shingles.h"
#include "duplicates/spread.h"
#include "sketch/shingles.h"
#include "text/article_analyzer.h"

namespace storyfold {
namespace {

// Texts that share half of the shorter one are not looked at for quotes.
constexpr double kSurelyShared = 0.5;
constexpr double kLeastSpread = 0.6;
// In 3-grams. Misprints leave runs of one or two; names and set phrases that
// reports of one event share are of three or four, so these count as quotes.
constexpr double kLeastQuoteRun = 3;

// What stands in the two texts for a word with a digit, so that none is shared.
constexpr uint64_t kNumberOfA = 1;
constexpr uint64_t kNumberOfB = 2;
constexpr double kLeastWithoutNumbers = 0.02;

constexpr size_t kLeastNumbers = 4;
constexpr double kWithoutNumbers = 0.5;  // factor where no number is shared
constexpr double kPerShare = 0.8;        // what a share of 1 adds

// Returns the hashes of the distinct tokens with a digit, ascending.
std::vector<uint64_t> NumbersOf(const Article& article,
                                std::span<const uint32_t> removed_lines,
                                ArticleAnalyzer& analyzer) {
  std::vector<uint64_t> numbers;
  const Analysis& analysis = analyzer.Analyze(article);
  ForEachKeptLine(analysis, removed_lines, [&](const Line& line) {
    for (const Token& token : analysis.TokensOf(line)) {
      if (token.has_digit) numbers.push_back(token.hash);
    }
  });
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

// Returns `words` with another word in place of the numbers.
std::vector<uint64_t> Replace(std::span<const uint64_t> words,
                              std::span<const uint64_t> numbers,
                              uint64_t replacement) {
  std::vector<uint64_t> replaced(words.begin(), words.end());
  for (uint64_t& word : replaced) {
    if (std::ranges::binary_search(numbers, word)) word = replacement;
  }
  return replaced;
}

double FactorOf(const std::vector<uint64_t>& x,
                const std::vector<uint64_t>& y) {
  const size_t fewer = std::min(x.size(), y.size());
  if (fewer < kLeastNumbers) return 1;
  std::vector<uint64_t> shared;
  std::ranges::set_intersection(x, y, std::back_inserter(shared));
  const double share =
      static_cast<double>(shared.size()) / static_cast<double>(fewer);
  return std::min(1.0, kWithoutNumbers + kPerShare * share);
}

// The sampled 3-grams of the texts that have an edge, as sets.
class SortedSamples {
 public:
  SortedSamples(const CheckedTexts& texts, std::span<const WeightedEdge> edges)
      : sets_(texts.articles_of_nodes.size()) {
    const std::vector<char> has_edge = NodesWithEdges(texts, edges);
    ParallelFor(sets_.size(), [&](size_t node) {
      if (!has_edge[node]) return;
      std::vector<uint32_t>& set = sets_[node];
      set = texts.sketches[texts.articles_of_nodes[node]].sampled_shingles;
      std::ranges::sort(set);
      set.erase(std::unique(set.begin(), set.end()), set.end());
    });
  }

  double ShareOfSmaller(const WeightedEdge& edge) const {
    const auto& x = sets_[edge.a];
    const auto& y = sets_[edge.b];
    return static_cast<double>(IntersectionSize(x, y)) /
           static_cast<double>(
               std::max<size_t>(1, std::min(x.size(), y.size())));
  }

 private:
  std::vector<std::vector<uint32_t>> sets_;
};

}  // namespace

std::vector<char> NodesWithEdges(const CheckedTexts& texts,
                                 std::span<const WeightedEdge> edges) {
  std::vector<char> has_edge(texts.articles_of_nodes.size(), 0);
  for (const WeightedEdge& edge : edges) {
    has_edge[edge.a] = has_edge[edge.b] = 1;
  }
  return has_edge;
}

TextNumbers ReadNumbers(const CheckedTexts& texts,
                        std::span<const WeightedEdge> edges) {
  const std::vector<char> has_edge = NodesWithEdges(texts, edges);
  TextNumbers numbers(has_edge.size());
  ParallelForWithScratch<ArticleAnalyzer>(
      numbers.size(), [&](size_t node, ArticleAnalyzer& analyzer) {
        if (!has_edge[node]) return;
        const ArticleId article = texts.articles_of_nodes[node];
        numbers[node] = NumbersOf(texts.articles[article],
                                  texts.removed.Of(article), analyzer);
      });
  return numbers;
}

void DropQuotes(const CheckedTexts& texts, const TextNumbers& numbers,
                std::vector<WeightedEdge>& edges) {
  struct Scratch {
    Sketcher sketcher;
    uint32_t node = 0;
    std::vector<uint64_t> words = {};  // of `node`; none at first
  };
  const auto words_of = [&](uint32_t node, Scratch& s) {
    const ArticleId article = texts.articles_of_nodes[node];
    return s.sketcher.Words(texts.articles[article], texts.removed.Of(article));
  };
  const SortedSamples samples(texts, edges);
  std::vector<char> is_quote(edges.size(), 0);
  ParallelForWithScratch<Scratch>(edges.size(), [&](size_t e, Scratch& s) {
    if (samples.ShareOfSmaller(edges[e]) >= kSurelyShared) return;
    const auto [a, b, _] = edges[e];
    // Edges of one `a` stand side by side.
    if (s.words.empty() || s.node != a) {
      const auto words = words_of(a, s);
      s.words.assign(words.begin(), words.end());
      s.node = a;
    }
    const auto other_words = words_of(b, s);
    const SharedPlaces places = FindSharedPlaces(s.words, other_words);
    is_quote[e] =
        (places.spread < kLeastSpread && places.mean_run >= kLeastQuoteRun) ||
        FindSharedPlaces(Replace(s.words, numbers[a], kNumberOfA),
                         Replace(other_words, numbers[b], kNumberOfB))
                .share < kLeastWithoutNumbers;
  });
  size_t kept = 0;
  for (size_t e = 0; e < edges.size(); ++e) {
    if (!is_quote[e]) edges[kept++] = edges[e];
  }
  edges.resize(kept);
}

void LowerByNumbers(const TextNumbers& numbers,
                    std::vector<WeightedEdge>& edges) {
  ParallelFor(edges.size(), [&](size_t e) {
    edges[e].weight *= FactorOf(numbers[edges[e].a], numbers[edges[e].b]);
  });
}

}  // namespace storyfold
