// Copies print a line again because they print the text again; pages of one
// template print it whatever they report. Only the second makes it boilerplate,
// and both are alike: a page of ninety teasers around four paragraphs shares
// nine tenths of its words with the next one.
//
// The paragraphs tell them apart. They are the longest lines of a page, up to
// 200 words of them and none shorter than half of the longest; in a copy they
// recur, wherever they stand and however the lines are wrapped, in a page of
// the template they do not:
//
//   page a                   page b                    page c
//   Home                     Home                      Home
//   The harbour was closed   Two ministers met behind  The harbour was closed
//   after a fire broke out.  closed doors and agreed.  after a fire broke out.
//
// a and c are one text, b another. Pages of a source are compared with the
// first page of each text found so far, in the order of their hashes, so that
// the order of the input does not matter.
//
// Pages of different sources need no such look: sources do not share templates,
// and where they do it is a copy that more than one source prints.
//
// Tested by: tests/boilerplate/distinct_pages_test.cc

#include "boilerplate/distinct_pages.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/threads.h"
#include "sketch/shingles.h"
#include "text/article_analyzer.h"

namespace storyfold {
namespace {

constexpr size_t kParagraphTokens = 200;
constexpr double kSameText = 0.5;  // share of the paragraphs of either page

// A paragraph has at least half of the tokens of the longest.
constexpr size_t kShortest = 2;
// Pages are compared with so many texts of their group; a page that is none of
// them is a text of its own.
constexpr size_t kMostLeaders = 16;

// The word 3-grams of a page, each set ascending.
struct PageShingles {
  std::vector<uint32_t> all;
  std::vector<uint32_t> paragraphs;
};

size_t NumTokens(const Line& line) {
  return line.last_token - line.first_token;
}

// Returns the paragraphs among the lines of a page, longest first.
std::vector<Line> Paragraphs(std::vector<Line> lines) {
  std::ranges::stable_sort(lines, std::greater(), NumTokens);
  size_t num_tokens = 0;
  size_t taken = 0;
  while (taken < lines.size() && num_tokens < kParagraphTokens &&
         NumTokens(lines[taken]) * kShortest >= NumTokens(lines[0])) {
    num_tokens += NumTokens(lines[taken]);
    ++taken;
  }
  lines.resize(taken);
  return lines;
}

void AddShingles(std::span<const uint64_t> words,
                 std::vector<uint32_t>& shingles) {
  if (words.empty()) return;
  std::vector<uint64_t> buffer;
  for (const uint64_t hash :
       HashShingles(words, kContainmentShingleTokens, buffer)) {
    shingles.push_back(static_cast<uint32_t>(hash >> 32));
  }
}

void MakeSet(std::vector<uint32_t>& shingles) {
  std::ranges::sort(shingles);
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
}

PageShingles ShinglesOf(const Article& article,
                        std::span<const uint32_t> removed_lines,
                        ArticleAnalyzer& analyzer) {
  const Analysis& analysis = analyzer.Analyze(article);
  std::vector<uint64_t> words;
  const auto append = [&](const Line& line) {
    for (const Token& token : analysis.TokensOf(line)) {
      words.push_back(token.hash);
    }
  };
  std::vector<Line> lines;
  ForEachKeptLine(analysis, removed_lines, [&](const Line& line) {
    lines.push_back(line);
    append(line);
  });
  PageShingles page;
  AddShingles(words, page.all);
  for (const Line& line : Paragraphs(std::move(lines))) {
    words.clear();
    append(line);
    AddShingles(words, page.paragraphs);
  }
  MakeSet(page.all);
  MakeSet(page.paragraphs);
  return page;
}

// Returns whether a good part of the paragraphs of `x` stands in `y`.
bool StandsIn(const PageShingles& x, const PageShingles& y) {
  return static_cast<double>(IntersectionSize(x.paragraphs, y.all)) >=
         kSameText * static_cast<double>(x.paragraphs.size());
}

// The members of one group: article ids, by source, then hash, then id.
class GroupNamer {
 public:
  GroupNamer(const AlikePages& pages, std::span<const ArticleId> members)
      : pages_(pages), members_(members), text_of_(members.size()) {}

  // Writes the names of the members.
  void Name(ArticleAnalyzer& analyzer, std::span<ArticleId> names) {
    for (size_t begin = 0; begin < members_.size();) {
      size_t end = begin + 1;
      while (end < members_.size() && Source(end) == Source(begin)) ++end;
      FindTexts(begin, end, analyzer);
      begin = end;
    }
    std::vector<ArticleId> name(num_texts_, ~ArticleId{0});
    for (size_t m = 0; m < members_.size(); ++m) {
      name[text_of_[m]] = std::min(name[text_of_[m]], members_[m]);
    }
    for (size_t m = 0; m < members_.size(); ++m) {
      names[members_[m]] = name[text_of_[m]];
    }
  }

 private:
  uint32_t Source(size_t m) const { return pages_.source_of[members_[m]]; }
  const auto& Hash(size_t m) const {
    return pages_.sketches[members_[m]].text_hash;
  }

  // Numbers the texts of one source. The first is the group's text 0, which
  // other sources print, too.
  void FindTexts(size_t begin, size_t end, ArticleAnalyzer& analyzer) {
    if (Hash(begin) == Hash(end - 1)) {
      std::fill(text_of_.begin() + begin, text_of_.begin() + end, 0);
      return;
    }
    struct Leader {
      PageShingles page;
      uint32_t text;
    };
    std::vector<Leader> leaders;
    for (size_t m = begin; m < end; ++m) {
      if (m > begin && Hash(m) == Hash(m - 1)) {
        text_of_[m] = text_of_[m - 1];
        continue;
      }
      const ArticleId article = members_[m];
      PageShingles page = ShinglesOf(pages_.articles[article],
                                     pages_.removed.Of(article), analyzer);
      const auto same = std::ranges::find_if(leaders, [&](const Leader& other) {
        return StandsIn(page, other.page) || StandsIn(other.page, page);
      });
      if (same != leaders.end()) {
        text_of_[m] = same->text;
        continue;
      }
      text_of_[m] = m == begin ? 0 : num_texts_++;
      if (leaders.size() < kMostLeaders) {
        leaders.push_back({std::move(page), text_of_[m]});
      }
    }
  }

  const AlikePages& pages_;
  std::span<const ArticleId> members_;
  std::vector<uint32_t> text_of_;  // of each member, within the group
  uint32_t num_texts_ = 1;
};

// Returns all articles, those of a group together.
std::vector<ArticleId> ByGroup(const AlikePages& pages) {
  std::vector<ArticleId> order(pages.alike.size());
  std::iota(order.begin(), order.end(), 0);
  ParallelSort(order, [&](ArticleId a, ArticleId b) {
    const auto key = [&](ArticleId article) {
      return std::tuple(pages.alike[article], pages.source_of[article],
                        pages.sketches[article].text_hash, article);
    };
    return key(a) < key(b);
  });
  return order;
}

}  // namespace

std::vector<ArticleId> NameDistinctPages(const AlikePages& pages) {
  std::vector<ArticleId> names(pages.alike.size());
  const std::vector<ArticleId> order = ByGroup(pages);
  std::vector<std::span<const ArticleId>> groups;
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() &&
           pages.alike[order[end]] == pages.alike[order[begin]]) {
      ++end;
    }
    groups.emplace_back(order.data() + begin, end - begin);
    begin = end;
  }
  ParallelForWithScratch<ArticleAnalyzer>(
      groups.size(), [&](size_t g, ArticleAnalyzer& analyzer) {
        GroupNamer(pages, groups[g]).Name(analyzer, names);
      });
  return names;
}

}  // namespace storyfold
