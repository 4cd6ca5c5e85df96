#include "embedding/article_languages.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/threads.h"
#include "embedding/lead_text.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

constexpr size_t kNumScripts = static_cast<size_t>(Script::kOther) + 1;
// So many words tell the script of a text.
constexpr size_t kWords = 50;

constexpr std::array<std::string_view, kNumScripts> kScriptNames = {
    "no script", "Latin", "Greek",  "Cyrillic",        "Arabic",      "Hebrew",
    "Han",       "Kana",  "Hangul", "Southeast Asian", "other script"};

// What looks at the scripts of one text after the other.
struct ScriptReader {
  LeadTextReader lead;
  Analyzer analyzer;

  // Returns the script of most words; Japanese is written in Kana and Han.
  Script Read(const Article& article) {
    const std::string text = lead.Read(article, {}, kWords);
    std::array<size_t, kNumScripts> count = {};
    for (const Token& token : analyzer.Analyze(text).tokens) {
      ++count[static_cast<size_t>(token.script)];
    }
    count[static_cast<size_t>(Script::kNone)] = 0;
    auto& kana = count[static_cast<size_t>(Script::kKana)];
    if (kana > 0) kana += count[static_cast<size_t>(Script::kHan)];
    return static_cast<Script>(std::ranges::max_element(count) - count.begin());
  }
};

}  // namespace

std::vector<std::string_view> LanguagesOrScripts(
    std::span<const Article> articles, std::span<const ArticleId> chosen) {
  std::vector<std::string_view> languages;
  for (const ArticleId a : chosen) languages.push_back(articles[a].language);
  if (std::ranges::count(languages, std::string_view()) == 0) return languages;

  std::vector<Script> script(chosen.size());
  ParallelForWithScratch<ScriptReader>(
      chosen.size(), [&](size_t i, ScriptReader& reader) {
        script[i] = reader.Read(articles[chosen[i]]);
      });
  std::array<std::map<std::string_view, size_t>, kNumScripts> count;
  for (size_t i = 0; i < chosen.size(); ++i) {
    if (languages[i].empty()) continue;
    ++count[static_cast<size_t>(script[i])][languages[i]];
  }
  for (size_t i = 0; i < chosen.size(); ++i) {
    if (!languages[i].empty()) continue;
    const auto& of_script = count[static_cast<size_t>(script[i])];
    languages[i] =
        of_script.empty()
            ? kScriptNames[static_cast<size_t>(script[i])]
            : std::ranges::max_element(of_script, {}, [](const auto& entry) {
                return entry.second;
              })->first;
  }
  return languages;
}

}  // namespace storyfold
