#include "support/corpus.h"

#include "base/hash.h"

namespace storyfold {
namespace {

constexpr size_t kWordsPerLine = 10;

std::string Word(uint64_t number) {
  std::string word;
  do {
    word += "bcdfgklmnprstv"[number % 14];
    number /= 14;
    word += "aeiou"[number % 5];
    number /= 5;
  } while (number > 0);
  return word;
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ' && c != '\n') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

std::string AsLines(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i % kWordsPerLine == 0 ? ".\n" : " ";
    text += words[i];
  }
  return text;
}

// Words of one event, half of them out of its own 30 and half common ones.
std::string EventText(Random& random, uint64_t event, size_t num_words) {
  std::vector<std::string> words;
  for (size_t i = 0; i < num_words; ++i) {
    const uint64_t own = 100'000 + event * 30 + random.Below(30);
    words.push_back(Word(random.Below(2) == 0 ? own : random.Below(2'000)));
  }
  return AsLines(words);
}

std::string WithBoilerplate(const std::string& source,
                            const std::string& text) {
  return "Home page of " + source + "\n" + text + "\nSubscribe to " + source +
         " today\nRead more stories like this one";
}

}  // namespace

uint64_t Random::Next() {
  state_ += 0x9e3779b97f4a7c15u;
  return Mix(state_);
}

double Random::Unit() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }

ArticleId Corpus::Add(Fields fields) {
  const auto id = static_cast<ArticleId>(articles_.size());
  if (fields.id.empty()) fields.id = "a" + std::to_string(id);
  const Fields& kept = fields_.emplace_back(std::move(fields));
  Article article;
  article.id = kept.id;
  article.title = kept.title;
  article.text = kept.text;
  article.source = kept.source;
  article.language = kept.language;
  if (kept.published != 0) article.published = kept.published;
  articles_.push_back(article);
  return id;
}

std::string Numbered(size_t first, size_t count) {
  std::string text;
  for (size_t i = first; i < first + count; ++i) {
    text += "w" + std::to_string(i) + " ";
  }
  return text;
}

std::string RandomText(Random& random, size_t num_words, size_t vocabulary) {
  std::vector<std::string> words;
  for (size_t i = 0; i < num_words; ++i) {
    // The square of a uniform number makes low word numbers frequent.
    const double u = random.Unit();
    words.push_back(
        Word(static_cast<uint64_t>(u * u * static_cast<double>(vocabulary))));
  }
  return AsLines(words);
}

std::vector<std::string> LinesOfStory(Random& random, size_t story) {
  std::vector<std::string> lines;
  for (int i = 0; i < 4; ++i) {
    std::string line = "Then";
    for (int w = 0; w < 12; ++w) {
      // Letters: numbers are masked in lines.
      line += " ";
      for (uint64_t left = 1000 + 40 * story + random.Below(40); left > 0;
           left /= 26) {
        line += static_cast<char>('a' + left % 26);
      }
    }
    lines.push_back(line + " and " + RandomText(random, 4, 1'000'000) + ".");
  }
  return lines;
}

std::string Edit(Random& random, const std::string& text, double share) {
  std::vector<std::string> words = Words(text);
  for (std::string& word : words) {
    if (random.Unit() < share) word = Word(random.Below(1'000'000));
  }
  return AsLines(words);
}

LabelledCorpus MakeLabelledCorpus(uint64_t seed, size_t num_stories) {
  LabelledCorpus made;
  Random random(seed);
  constexpr int64_t kDay = 86'400;
  for (uint32_t s = 0; s < num_stories; ++s) {
    const uint64_t size = 1 + random.Below(5);
    for (uint64_t k = 0; k < size; ++k) {
      const std::string source = "outlet" + std::to_string(random.Below(5));
      const std::string text = EventText(random, s, 150);
      const int64_t published =
          2'000'000'000 + static_cast<int64_t>(s + random.Below(2)) * kDay;
      const ArticleId first =
          made.corpus.Add({"", EventText(random, s, 6),
                           WithBoilerplate(source, text), source, published});
      made.story.push_back(s);
      made.cluster.push_back(first);
      if (random.Below(3) != 0) continue;
      const std::string other = "outlet" + std::to_string(random.Below(5));
      made.corpus.Add({"", EventText(random, s, 6),
                       WithBoilerplate(other, Edit(random, text, 0.03)), other,
                       published + 3600});
      made.story.push_back(s);
      made.cluster.push_back(first);
    }
  }
  return made;
}

Corpus OfTexts(const std::vector<std::string>& texts) {
  Corpus corpus;
  for (const std::string& text : texts) corpus.Add({.text = text});
  return corpus;
}

Corpus MakeTopicCorpus() {
  Random random(3);
  const auto text = [&](const std::string& names, const std::string& event) {
    std::string all;
    for (int i = 0; i < 12; ++i) {
      all += names + " " + RandomText(random, 20, 20'000) + " " + event + "\n";
    }
    return all;
  };
  const std::string names = "Tarvo Hellin Maren Dol Corvane Istria Ansel";
  Corpus corpus;
  corpus.Add({"", "", text(names, "ceasefire prisoners exchanged border")});
  corpus.Add({"", "", text(names, "orchestra opening theatre applause")});
  corpus.Add({"", "", text(names, "ceasefire prisoners exchanged border")});
  for (int i = 0; i < 4; ++i) corpus.Add({"", "", text("", "")});
  return corpus;
}

}  // namespace storyfold
