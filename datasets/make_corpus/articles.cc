// From a planned article to its page.
//
// An original draws a focus, a length and its lines.  A copy takes the lines of
// the kept page of its original, changes them as its kind says, and gets the
// boilerplate of its own source and in three cases of ten a title of its own.
// A page seen once more is printed as it was.

#include "articles.h"

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace storyfold {
namespace {

constexpr uint32_t kMinWords = 20;

// Copies under a title of their own.
constexpr uint32_t kOwnTitlePercent = 30;

// Quantiles of article length at 0, 1/16, ... 1, in hundredths of the mean: a
// log-normal law of deviation .6 without its outermost tails.
constexpr std::array<uint32_t, 17> kLengthQuantiles = {
    20, 33, 42, 49, 56, 62, 69, 76, 83, 91, 101, 112, 125, 142, 166, 209, 353};

uint32_t DrawLength(uint32_t mean_words, Random& random) {
  const uint32_t place = random.Below(16 << 8);
  const uint32_t low = kLengthQuantiles[place >> 8];
  const uint32_t high = kLengthQuantiles[(place >> 8) + 1];
  const uint64_t hundredths = (low << 8) + (high - low) * (place & 255);
  const uint64_t words = hundredths * mean_words / (100 << 8);
  return words < kMinWords ? kMinWords : static_cast<uint32_t>(words);
}

// Returns the end of the run of ASCII lower-case letters that starts at
// `begin`.
size_t EndOfLetters(std::string_view text, size_t begin) {
  while (begin < text.size() && text[begin] >= 'a' && text[begin] <= 'z') {
    ++begin;
  }
  return begin;
}

// Replaces one word in `gap` of a text given line by line.  Capitalised words,
// numbers and words with accents stay.
class WordReplacer {
 public:
  WordReplacer(const Vocabulary& vocabulary, uint32_t gap, Random& random)
      : vocabulary_(vocabulary),
        gap_(gap),
        random_(random),
        words_left_(random.Between(1, gap)) {}

  void AppendEdited(std::string_view line, std::string* out) {
    size_t done = 0;
    for (size_t space = line.find(' '); space != std::string_view::npos;
         space = line.find(' ', space + 1)) {
      if (words_left_ > 1) {
        --words_left_;
        continue;
      }
      const size_t end = EndOfLetters(line, space + 1);
      if (!IsWord(line, space + 1, end)) continue;
      out->append(line, done, space + 1 - done);
      *out += DrawReplacement();
      done = end;
      words_left_ = random_.Between(1, 2 * gap_ - 1);
    }
    out->append(line, done);
  }

 private:
  static bool IsWord(std::string_view line, size_t begin, size_t end) {
    if (begin == end) return false;
    return end == line.size() || std::strchr(" ,.", line[end]) != nullptr;
  }

  std::string_view DrawReplacement() {
    const WordId word = vocabulary_.content.Draw(random_.Next32());
    return vocabulary_.words[word].Text();
  }

  const Vocabulary& vocabulary_;
  const uint32_t gap_;
  Random& random_;
  uint32_t words_left_;  // until the next replacement
};

void EditWords(const Vocabulary& vocabulary, Random& random, Body* body) {
  WordReplacer replacer(vocabulary, 100 / random.Between(2, 8), random);
  Body edited;
  for (size_t line = 0; line < body->size(); ++line) {
    replacer.AppendEdited(body->Line(line), &edited.text);
    edited.line_ends.push_back(static_cast<uint32_t>(edited.text.size()));
  }
  *body = std::move(edited);
}

void Abridge(Random& random, Body* body) {
  const auto lines = static_cast<uint32_t>(body->size());
  const uint32_t kept = (lines * random.Between(30, 70) + 50) / 100;
  body->line_ends.resize(kept == 0 ? 1 : kept);
  body->text.resize(body->line_ends.back());
}

// Writes the title and lines of an article that copies another.
void WriteCopy(const Press& press, Story& story, Page* page, Body* body) {
  const PlannedArticle& copy = story.articles[story.next];
  const Page& original = *story.articles[copy.original].page;
  const Focus focus =
      MakeFocus(press.vocabulary, *EventOfNext(&story), press.random);
  const Voice voice{press.vocabulary, focus,
                    press.sources[copy.source].typography, press.random};
  page->title = press.random.Chance(kOwnTitlePercent) ? WriteTitle(voice)
                                                      : original.title;
  TakeBody(original, body);
  if (copy.kind == CopyKind::kEdited) {
    EditWords(press.vocabulary, press.random, body);
  } else if (copy.kind == CopyKind::kAbridged) {
    Abridge(press.random, body);
  } else if (copy.kind == CopyKind::kExtended) {
    AppendLines(voice, {}, press.random.Between(30, 90), body);
  }
}

void AddQuotes(const Voice& voice, Event* event) {
  for (uint32_t left = voice.random.Between(1, 3); left > 0; --left) {
    event->quotes.push_back(WriteQuote(voice));
  }
}

// Writes the title and lines of an article that copies none.
void WriteOriginal(const Press& press, Story* story, Page* page, Body* body) {
  Event* event = EventOfNext(story);
  const Focus focus = MakeFocus(press.vocabulary, *event, press.random);
  const Voice voice{press.vocabulary, focus,
                    press.sources[page->source].typography, press.random};
  if (story->next == 0 && story->articles.size() > 1) {
    AddQuotes(voice, event);
  }
  page->title = WriteTitle(voice);
  body->Clear();
  AppendLines(voice, event->quotes, DrawLength(press.mean_words, press.random),
              body);
}

void PrintNew(const Press& press, uint64_t number, Story* story, Page* page) {
  const PlannedArticle& article = story->articles[story->next];
  NewsSource& source = press.sources[article.source];
  page->source = article.source;
  page->published = article.seen;
  Body body;
  if (article.kind == CopyKind::kOriginal) {
    WriteOriginal(press, story, page, &body);
  } else {
    WriteCopy(press, *story, page, &body);
  }
  SetUrl(source, number, page);
  LayOut(body, source, press.random, page);
  RememberTitle(page->title, press.random, &source);
}

}  // namespace

uint64_t PrintArticle(const Press& press, uint64_t number, Story* story,
                      Page* page) {
  PlannedArticle& article = story->articles[story->next];
  PlannedArticle& original = story->articles[article.original];
  article.number = number;
  if (article.kind == CopyKind::kRecrawled) {
    *page = *original.page;
  } else {
    PrintNew(press, number, story, page);
  }
  if (article.copies_left > 0) article.page = std::make_unique<Page>(*page);
  if (article.kind != CopyKind::kOriginal && --original.copies_left == 0) {
    original.page.reset();
  }
  ++story->next;
  return original.number;
}

}  // namespace storyfold
