// A title of eight words is too little to be sure: of a thousand Russian ones
// six are taken for Serbian, three for Bulgarian. So what a short text shows
// counts only where one in a hundred of the batch speaks it; the others get the
// language that most in their script have.
//
// Tested by: tests/stories/languages_test.cc

#include "stories/languages.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/threads.h"
#include "text/language.h"
#include "text/text_reader.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

// A shorter text does not tell its language for sure.
constexpr size_t kLongBytes = 200;
// One in so many articles must speak a language for a short text to have it.
constexpr size_t kRarest = 100;

struct Guess {
  std::string_view language;
  Script script = Script::kNone;
  bool sure = false;
};

// Returns the script of the first letter.
Script ScriptOf(std::string_view text) {
  while (!text.empty()) {
    const DecodedCodePoint character = DecodeUtf8(text);
    const Script script = LookUpCodePoint(character.value).script;
    if (script != Script::kNone) return script;
    text.remove_prefix(character.length);
  }
  return Script::kNone;
}

// Returns the language that the record tells, if that is a code: "english" is
// none, and would be another language than "en".
std::string_view Told(const Article& article) {
  const std::string_view language = article.language;
  return language.size() == 2 || language.size() == 3 ? language : "";
}

Guess GuessLanguage(const Article& article, TextReader& texts) {
  const std::string_view told = Told(article);
  const std::string_view text = texts.Read(article);
  if (text.size() >= kLongBytes) {
    return {told.empty() ? DetectLanguage(text) : told, ScriptOf(text), true};
  }
  const std::string all = std::string(article.title).append("\n").append(text);
  if (!told.empty()) return {told, ScriptOf(all), true};
  return {DetectLanguage(all), ScriptOf(all), all.size() >= kLongBytes};
}

// How many articles of one script speak which language.
struct Speakers {
  std::map<std::string_view, size_t> of_language;
  size_t all = 0;

  bool Rarely(std::string_view language) const {
    return of_language.at(language) * kRarest < all;
  }
  std::string_view Main() const {
    if (of_language.empty()) return {};
    return std::ranges::max_element(of_language, {},
                                    [](const auto& e) { return e.second; })
        ->first;
  }
};

}  // namespace

std::vector<std::string_view> LanguagesOf(std::span<const Article> articles,
                                          std::span<const ArticleId> chosen) {
  std::vector<Guess> guesses(chosen.size());
  ParallelForWithScratch<TextReader>(
      chosen.size(), [&](size_t i, TextReader& texts) {
        guesses[i] = GuessLanguage(articles[chosen[i]], texts);
      });
  std::map<Script, Speakers> speakers;
  for (const Guess& guess : guesses) {
    if (guess.language.empty()) continue;
    Speakers& same_script = speakers[guess.script];
    ++same_script.of_language[guess.language];
    ++same_script.all;
  }
  std::vector<std::string_view> languages;
  for (const Guess& guess : guesses) {
    const Speakers& same_script = speakers[guess.script];
    const bool doubtful = !guess.sure && (guess.language.empty() ||
                                          same_script.Rarely(guess.language));
    languages.push_back(doubtful ? same_script.Main() : guess.language);
  }
  return languages;
}

bool CapitalisesNouns(std::string_view language) {
  return language == "de" || language == "lb";
}

}  // namespace storyfold
