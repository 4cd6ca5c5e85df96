#include "boilerplate/line_features.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/threads.h"

namespace storyfold {
namespace {

constexpr size_t kLongestShape = 25;  // words
constexpr size_t kParagraphWords = 15;
constexpr size_t kLabelWords = 8;
constexpr size_t kMostOtherTexts = 3;
constexpr size_t kMostDistance = 10;
constexpr size_t kAround = 4;  // lines on either side
constexpr uint64_t kNumber = 1;

std::span<const Token> TokensOf(const Analysis& analysis, const LineKey& key) {
  return analysis.TokensOf(analysis.lines[key.number - 1]);
}

// The members of a token are bit-fields, so they have no address.
bool HasDigit(const Token& token) { return token.has_digit; }
bool IsNumber(const Token& token) { return token.all_digits; }
bool IsCapitalised(const Token& token) { return token.capitalised; }

bool HasOpening(const LineKey& key) {
  return !key.closed && key.num_tokens > 0 && key.num_tokens <= kLongestShape;
}

// Returns the keys of the first word and of the first two, 0 for none.
std::pair<uint64_t, uint64_t> Openings(uint32_t source,
                                       std::span<const Token> tokens) {
  const auto word = [&](size_t i) {
    return tokens[i].has_digit ? kNumber : tokens[i].hash;
  };
  const uint64_t one = CombineHashes(source, word(0));
  return {one, tokens.size() > 1 ? CombineHashes(one, word(1)) : 0};
}

// The features that need the bytes and words of one line.
class ShapeOfLine {
 public:
  ShapeOfLine(const LineKey& key, std::span<const Token> tokens,
              std::string_view bytes)
      : key_(key), tokens_(tokens), bytes_(bytes) {}

  void Fill(LineFeatures& features) const {
    const auto set = [&](LineFeature feature, bool value) {
      features[static_cast<size_t>(feature)] = value;
    };
    const size_t length = std::min<size_t>(6, std::bit_width(tokens_.size()));
    const auto base = key_.closed ? LineFeature::kClosed0 : LineFeature::kOpen0;
    features[static_cast<size_t>(base) + length] = 1;
    const bool brief = tokens_.size() <= kLongestShape;
    set(LineFeature::kEndsInColon, EndsIn(":") || EndsIn("："));
    set(LineFeature::kHoldsColon, brief && (Holds(":") || Holds("：")));
    set(LineFeature::kHoldsDigit,
        brief && std::ranges::any_of(tokens_, HasDigit));
    set(LineFeature::kOnlyNumbers,
        !tokens_.empty() && std::ranges::all_of(tokens_, IsNumber));
    set(LineFeature::kHoldsSymbol, HoldsSymbol());
    set(LineFeature::kInBrackets, bytes_.find_first_of("([") == 0 ||
                                      bytes_.starts_with("【") ||
                                      bytes_.starts_with("（"));
    set(LineFeature::kQuoted, key_.quoted);
    set(LineFeature::kStartsLow, key_.starts_low);
    const auto capitalised =
        static_cast<size_t>(std::ranges::count_if(tokens_, IsCapitalised));
    set(LineFeature::kCapitalised,
        tokens_.size() > 1 && 4 * capitalised >= 3 * tokens_.size());
  }

 private:
  bool Holds(std::string_view part) const {
    return bytes_.find(part) != std::string_view::npos;
  }
  bool EndsIn(std::string_view end) const {
    return bytes_.substr(0, bytes_.find_last_not_of(" \t\r") + 1)
        .ends_with(end);
  }
  bool HoldsSymbol() const {
    return bytes_.find_first_of("|@>/[]_#*") != std::string_view::npos ||
           Holds("©") || Holds("»") || Holds("•") || Holds("www");
  }

  const LineKey& key_;
  std::span<const Token> tokens_;
  std::string_view bytes_;
};

// The features of where the lines of one page stand.
class PlacesOfLines {
 public:
  PlacesOfLines(std::span<const LineKey> keys,
                std::span<const LineReason> reasons)
      : keys_(keys), reasons_(reasons) {
    for (size_t n = 0; n < keys.size(); ++n) {
      if (!IsParagraph(n)) continue;
      first_ = std::min(first_, n);
      last_ = n;
      any_ = true;
    }
    if (!any_) first_ = keys.size();
  }

  void Fill(size_t n, LineFeatures& features) const {
    const auto set = [&](LineFeature feature, double value) {
      features[static_cast<size_t>(feature)] = static_cast<float>(value);
    };
    const size_t from_end = keys_.size() - 1 - n;
    set(LineFeature::kBias, 1);
    set(LineFeature::kFlagged, IsFlagged(n));
    set(LineFeature::kFirst, n == 0);
    set(LineFeature::kSecond, n == 1);
    set(LineFeature::kThirdToFifth, n >= 2 && n < 5);
    set(LineFeature::kLast, from_end == 0);
    set(LineFeature::kNearLast, from_end >= 2 && from_end < 5);
    const bool is_short =
        keys_[n].num_tokens < kParagraphWords || !keys_[n].closed;
    const bool before = n < first_;
    const bool after = !any_ || n > last_;
    set(LineFeature::kBeforeText, before);
    set(LineFeature::kShortBeforeText, before && is_short);
    set(LineFeature::kDistanceBeforeText, before ? Distance(first_ - n) : 0);
    set(LineFeature::kAfterText, after);
    set(LineFeature::kShortAfterText, after && is_short);
    set(LineFeature::kDistanceAfterText,
        after ? Distance(any_ ? n - last_ : n + 1) : 0);
    set(LineFeature::kShortInText, any_ && n > first_ && n < last_ && is_short);
    FillNeighbours(n, features);
  }

 private:
  bool IsFlagged(size_t n) const { return IsBoilerplate(reasons_[n]); }
  bool IsParagraph(size_t n) const {
    return keys_[n].closed && keys_[n].num_tokens >= kParagraphWords &&
           !IsFlagged(n);
  }
  bool IsLabel(size_t n) const {
    return !keys_[n].closed && keys_[n].num_tokens <= kLabelWords;
  }
  static double Distance(size_t lines) {
    return static_cast<double>(std::min(lines, kMostDistance)) / kMostDistance;
  }

  void FillNeighbours(size_t n, LineFeatures& features) const {
    const auto add = [&](LineFeature feature, double value) {
      features[static_cast<size_t>(feature)] += static_cast<float>(value);
    };
    const size_t begin = n - std::min(n, kAround);
    const size_t end = std::min(keys_.size(), n + kAround + 1);
    const double share = 1.0 / static_cast<double>(end - begin);
    for (size_t k = begin; k < end; ++k) {
      add(LineFeature::kFlaggedAround, share * IsFlagged(k));
      add(LineFeature::kParagraphsAround, share * IsParagraph(k));
      const size_t distance = k < n ? n - k : k - n;
      if (distance == 1) {
        add(LineFeature::kFlaggedBeside, IsFlagged(k));
        add(LineFeature::kLabelBeside, IsLabel(k));
        add(LineFeature::kParagraphBeside, IsParagraph(k));
      } else if (distance == 2) {
        add(LineFeature::kFlaggedNear, IsFlagged(k));
        add(LineFeature::kLabelNear, IsLabel(k));
      }
    }
  }

  std::span<const LineKey> keys_;
  std::span<const LineReason> reasons_;
  size_t first_ = ~size_t{0};  // paragraph
  size_t last_ = 0;
  bool any_ = false;
};

std::vector<uint64_t> SetOf(std::span<const Token> tokens) {
  std::vector<uint64_t> words;
  for (const Token& token : tokens) words.push_back(token.hash);
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

double Jaccard(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  std::vector<uint64_t> shared;
  std::ranges::set_intersection(a, b, std::back_inserter(shared));
  const size_t all = a.size() + b.size() - shared.size();
  return all == 0
             ? 0
             : static_cast<double>(shared.size()) / static_cast<double>(all);
}

}  // namespace

LineFeatureReader::LineFeatureReader(std::span<const Article> articles,
                                     std::span<const uint32_t> text_of,
                                     const LineEvidence& evidence)
    : articles_(articles), evidence_(evidence) {
  using Seen = std::vector<std::pair<uint64_t, uint32_t>>;  // opening, text
  std::vector<Seen> of_article(articles.size());
  ParallelForWithScratch<ArticleAnalyzer>(
      articles.size(), [&](size_t a, ArticleAnalyzer& analyzer) {
        const Analysis& analysis = analyzer.Analyze(articles[a]);
        for (const LineKey& key : evidence.table().keys.Row(a)) {
          if (!HasOpening(key)) continue;
          const auto [one, two] =
              Openings(evidence.source_of()[a], TokensOf(analysis, key));
          of_article[a].emplace_back(one, text_of[a]);
          if (two != 0) of_article[a].emplace_back(two, text_of[a]);
        }
      });
  Seen all;
  for (Seen& seen : of_article) all.insert(all.end(), seen.begin(), seen.end());
  ParallelSort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (const auto& [opening, text] : all) ++openings_[opening];
}

std::vector<LineFeatures> LineFeatureReader::Read(
    ArticleId article, std::span<const LineReason> reasons,
    ArticleAnalyzer& analyzer) const {
  const std::vector<uint64_t> title =
      SetOf(analyzer.analyzer().Analyze(articles_[article].title).tokens);
  const Analysis& analysis = analyzer.Analyze(articles_[article]);
  const auto keys = evidence_.table().keys.Row(article);
  const PlacesOfLines places(keys, reasons);
  std::vector<LineFeatures> features(keys.size());
  for (size_t n = 0; n < keys.size(); ++n) {
    const Line& line = analysis.lines[keys[n].number - 1];
    const auto tokens = analysis.TokensOf(line);
    const std::string_view bytes =
        analyzer.text().substr(line.begin, line.end - line.begin);
    ShapeOfLine(
        keys[n], tokens,
        bytes.substr(std::min(bytes.find_first_not_of(" \t"), bytes.size())))
        .Fill(features[n]);
    places.Fill(n, features[n]);
    const auto set = [&](LineFeature feature, double value) {
      features[n][static_cast<size_t>(feature)] = static_cast<float>(value);
    };
    if (!title.empty()) {
      set(LineFeature::kLikeTitle, Jaccard(SetOf(tokens), title));
    }
    if (!HasOpening(keys[n])) continue;
    const auto shared = [&](uint64_t opening) {
      const auto at = openings_.find(opening);
      const size_t others = at == openings_.end() ? 0 : at->second - 1;
      return static_cast<double>(std::min(others, kMostOtherTexts)) /
             kMostOtherTexts;
    };
    const auto [one, two] = Openings(evidence_.source_of()[article], tokens);
    set(LineFeature::kSharedFirstWord, shared(one));
    if (two != 0) set(LineFeature::kSharedFirstWords, shared(two));
  }
  return features;
}

}  // namespace storyfold
