#include "io/records.h"

#include <algorithm>
#include <set>
#include <vector>

#include "io/json_text.h"
#include "io/times.h"
#include "text/text_reader.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

std::vector<std::string_view> IdsOf(const Crawl& crawl,
                                    std::span<const ArticleId> articles) {
  std::vector<std::string_view> ids;
  for (const ArticleId a : articles) ids.push_back(crawl.articles[a].id);
  return ids;
}

// Returns the sources of the articles, each once, sorted.
std::vector<std::string_view> SourcesOf(const Crawl& crawl,
                                        std::span<const ArticleId> articles) {
  std::set<std::string_view> sources;
  for (const ArticleId a : articles) sources.insert(crawl.articles[a].source);
  sources.erase("");
  return {sources.begin(), sources.end()};
}

// Finds lines of one text by number; numbers only grow from call to call.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}

  std::string_view Line(uint32_t number) {
    for (; number_ < number; ++number_) {
      const size_t end = std::min(rest_.find('\n'), rest_.size());
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
    }
    return rest_.substr(0, rest_.find('\n'));
  }

 private:
  std::string_view rest_;
  uint32_t number_ = 1;
};

std::string FlaggedLineAsJson(const Crawl& crawl, const FlaggedLine& line,
                              std::string_view text) {
  std::string out;
  JsonObject json(out);
  json.Add("id", crawl.articles[line.article].id);
  json.Add("line", size_t{line.line});
  json.Add("class", LineClassName(line.line_class));
  json.Add("text", text);
  json.Add("count", size_t{line.count});
  json.AddStrings("examples", IdsOf(crawl, line.examples));
  json.Close();
  return out += '\n';
}

}  // namespace

std::string_view ClusterName(const Crawl& crawl,
                             const DuplicateClusters& copies,
                             ArticleId article) {
  return crawl.articles[copies.representative[article]].id;
}

std::string_view StoryName(const Crawl& crawl, const Story& story) {
  return crawl.articles[story.first_report].id;
}

void AppendMarkedRecord(std::string_view record, std::string_view value,
                        std::string& out) {
  const size_t brace = record.rfind('}');
  const std::string_view fields = record.substr(0, brace);
  const bool is_empty =
      fields.substr(1).find_first_not_of(" \t\r\n") == std::string_view::npos;
  out.append(fields);
  if (!is_empty) out += ',';
  out += "\"storyfold\":";
  out.append(value);
  out += "}\n";
}

void AddTime(std::string_view name, std::optional<int64_t> time,
             JsonObject& json) {
  if (time) {
    json.Add(name, FormatTime(*time));
  } else {
    json.AddNull(name);
  }
}

void AddCopy(const Crawl& crawl, const DuplicateClusters& copies,
             ArticleId article, JsonObject& json) {
  const std::string_view cluster = ClusterName(crawl, copies, article);
  json.Add("cluster", cluster);
  if (copies.representative[article] == article) {
    json.AddNull("duplicate_of");
  } else {
    json.Add("duplicate_of", cluster);
  }
  json.Add("similarity", double{copies.similarity[article]});
}

void AppendArticleResult(const Crawl& crawl, const Folding& folding,
                         ArticleId article,
                         std::span<const uint32_t> line_numbers,
                         std::string& out) {
  JsonObject json(out);
  json.Add("id", crawl.articles[article].id);
  AddCopy(crawl, folding.copies, article, json);
  const Story& story =
      folding.stories.stories[folding.stories.story_of[article]];
  json.Add("story", StoryName(crawl, story));
  json.AddNumbers("boilerplate_lines", line_numbers);
  json.Close();
}

void AppendStory(const Crawl& crawl, const Story& story, std::string& out) {
  JsonObject json(out);
  json.Add("id", StoryName(crawl, story));
  json.Add("headline", story.headline_text);
  json.Add("size", story.articles.size());
  json.AddStrings("sources", SourcesOf(crawl, story.articles));
  json.AddStrings("languages", story.languages);
  AddTime("first", story.first, json);
  AddTime("last", story.last, json);
  json.AddStrings("terms", story.terms);
  json.AddStrings("related", IdsOf(crawl, story.related));
  json.AddStrings("articles", IdsOf(crawl, story.articles));
  std::string& scores = json.Field("scores");
  for (size_t k = 0; k < story.scores.size(); ++k) {
    scores += k == 0 ? '[' : ',';
    AppendJsonNumber(double{story.scores[k]}, scores);
  }
  scores += ']';
  json.Close();
  out += '\n';
}

void AppendRejection(const Rejection& rejection, std::string& out) {
  std::string file = rejection.file;
  ReplaceInvalidUtf8(file);
  JsonObject json(out);
  json.Add("file", file);
  if (rejection.line == 0) {
    json.AddNull("line");
  } else {
    json.Add("line", rejection.line);
  }
  json.Add("reason", rejection.reason);
  json.Close();
  out += '\n';
}

void AppendSourceReport(const Crawl& crawl, const SourceReport& report,
                        std::string& out) {
  TextReader texts;
  JsonObject json(out);
  json.Add("source", crawl.articles[report.first_article].source);
  json.Add("first_article", crawl.articles[report.first_article].id);
  json.Add("articles", size_t{report.articles});
  json.Field("lines") += '[';
  const char* separator = "";
  for (const PrintedLine& line : report.lines) {
    out += separator;
    separator = ",";
    const Article& article = crawl.articles[line.article];
    JsonObject printed(out);
    printed.Add("text", LineReader(texts.Read(article)).Line(line.line));
    printed.Add("class", LineClassName(line.line_class));
    printed.Add("articles", size_t{line.articles});
    printed.Add("texts", size_t{line.texts});
    AddTime("first", line.first, printed);
    AddTime("last", line.last, printed);
    printed.Add("example", article.id);
    printed.Close();
  }
  out += ']';
  json.Close();
  out += '\n';
}

void ForEachFlaggedLine(const Crawl& crawl, std::span<const FlaggedLine> lines,
                        const std::function<void(std::string_view)>& write) {
  TextReader texts;
  LineReader reader("");
  for (size_t k = 0; k < lines.size(); ++k) {
    const FlaggedLine& line = lines[k];
    if (k == 0 || lines[k - 1].article != line.article) {
      reader = LineReader(texts.Read(crawl.articles[line.article]));
    }
    write(FlaggedLineAsJson(crawl, line, reader.Line(line.line)));
  }
}

}  // namespace storyfold
