#pragma once

#include <absl/status/status.h>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

struct BoilerplateOptions {
  // A line is boilerplate when a source printed it (numbers and dates masked)
  // in this many distinct texts, at least 2. Copies of one text count once.
  uint32_t min_texts = 3;

  // So many distinct texts suffice with a second sign: beside a flagged line,
  // in a list of teasers, at the edge of the page, or short and without closing
  // punctuation.
  uint32_t min_texts_with_sign = 2;

  // Lines of at least this many tokens are paragraphs: where several sources
  // print one, it is wire copy rather than boilerplate.
  uint32_t long_line_tokens = 15;

  // Whether a second sign speaks for a line. If not, it needs min_texts, with
  // or without one, lines of one text go only as titles of other articles, and
  // lines that are rare where text is in rows go like others; tables and broken
  // sentences stay. False to find copies by what is left when all that recurs
  // is gone.
  bool signs = true;

  // Lines that nothing repeats are flagged, too, where they look like
  // boilerplate and stand where it stands: on extracted pages half of what is
  // missed is found, and ten times as many characters of bodies are lost.
  bool learned = false;

  // Whether a paragraph that a source prints in one story only stays. Where
  // nothing else asks for the stories they are found for it, by words alone,
  // which takes three fifths of the time.
  bool stories = true;
};

absl::Status Validate(const BoilerplateOptions& options);

// Why a line recurs. The first two are boilerplate and leave the text; the next
// three are what the news repeats, and stay, though stories are found without
// the third. The last does not recur.
enum class LineClass : uint8_t {
  kReused,      // a source prints it whatever the page reports
  kTeaser,      // title of another article of the source, or new in its list
  kSyndicated,  // a paragraph of wire copy: several sources, one text
  kQuote,       // quoted speech in several texts
  kStory,       // a paragraph that the source prints in one story only
  kLearned,     // boilerplate by its looks (BoilerplateOptions::learned)
};

// Returns "reused", "teaser", "syndicated", "quote", "story" or "learned".
const char* LineClassName(LineClass line_class);

constexpr bool IsBoilerplate(LineClass line_class) {
  return line_class != LineClass::kSyndicated &&
         line_class != LineClass::kQuote && line_class != LineClass::kStory;
}

// Up to three articles, ascending.
class ExampleArticles {
 public:
  static constexpr uint32_t kMost = 3;

  // Adds an article that is none of them. REQUIRES: size() < kMost
  void Add(ArticleId article) {
    ArticleId* place = articles_.data() + size_++;
    for (; place != articles_.data() && *(place - 1) > article; --place) {
      *place = *(place - 1);
    }
    *place = article;
  }

  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const ArticleId* data() const { return articles_.data(); }
  const ArticleId* begin() const { return data(); }
  const ArticleId* end() const { return data() + size_; }

  friend bool operator==(const ExampleArticles&,
                         const ExampleArticles&) = default;

 private:
  std::array<ArticleId, kMost> articles_ = {};
  uint32_t size_ = 0;
};

// 32 bytes, as there can be many.
struct FlaggedLine {
  ArticleId article = 0;
  uint32_t line = 0;  // from 1, in the text split at '\n'
  LineClass line_class = LineClass::kReused;

  // Distinct texts that carry the line, or one that differs from it in few
  // words: of the source, or of all sources for kQuote; sources for
  // kSyndicated.
  uint32_t count = 0;

  ExampleArticles examples;  // other articles that carry it
};

// A line that a source prints, on however many pages.
struct PrintedLine {
  LineClass line_class = LineClass::kReused;  // the one it has most often
  uint32_t articles = 0;
  uint32_t texts = 0;  // distinct ones among them
  // Times of the first and the last of these articles that has one.
  std::optional<int64_t> first;
  std::optional<int64_t> last;
  // Where it can be read: the first of the articles, and the line there.
  ArticleId article = 0;
  uint32_t line = 0;
};

// What a source prints whatever its pages report.
struct SourceReport {
  ArticleId first_article = 0;  // of the source; it has the source's name
  uint32_t articles = 0;
  std::vector<PrintedLine> lines;  // boilerplate, most articles first
};

}  // namespace storyfold
