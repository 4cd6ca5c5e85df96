#include "embedding/lead_text.h"

#include <algorithm>

#include "text/removed_lines.h"

namespace storyfold {
namespace {

// Appends the words of a line, at most `words_left` of them, with what stands
// around them.
void AppendWords(std::string_view text, std::span<const Token> tokens,
                 const Line& line, size_t& words_left, std::string& lead) {
  if (tokens.empty() || words_left == 0) return;
  const size_t end =
      tokens.size() <= words_left ? line.end : tokens[words_left].offset;
  words_left -= std::min(words_left, tokens.size());
  if (!lead.empty()) lead += '\n';
  lead += text.substr(line.begin, end - line.begin);
}

}  // namespace

std::string LeadTextReader::Read(const Article& article,
                                 std::span<const uint32_t> removed,
                                 size_t max_words) {
  std::string lead;
  size_t words_left = max_words;
  const Analysis& title = title_analyzer_.Analyze(article.title);
  for (const Line& line : title.lines) {
    AppendWords(article.title, title.TokensOf(line), line, words_left, lead);
  }
  if (words_left > 0) {
    const Analysis& body = analyzer_.Analyze(article);
    ForEachKeptLine(body, removed, [&](const Line& line) {
      AppendWords(analyzer_.text(), body.TokensOf(line), line, words_left,
                  lead);
    });
  }
  num_words_ = max_words - words_left;
  return lead;
}

}  // namespace storyfold
