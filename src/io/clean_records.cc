#include "io/clean_records.h"

#include <simdjson.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "io/json_text.h"
#include "io/records.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

// Returns the end of the JSON string whose opening quotation mark is at `i`.
size_t EndOfString(std::string_view json, size_t i) {
  for (++i; i < json.size() && json[i] != '"'; ++i) i += json[i] == '\\';
  return std::min(i + 1, json.size());
}

size_t SkipSpace(std::string_view json, size_t i) {
  return std::min(json.find_first_not_of(" \t\r\n", i), json.size());
}

// Returns the key that stands escaped between quotation marks.
std::string UnescapedKey(std::string_view key) {
  if (key.find('\\') == std::string_view::npos) return std::string(key);
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  std::string quoted(1, '"');
  quoted.append(key).append(1, '"');
  const simdjson::padded_string json(quoted);
  std::string_view unescaped;
  if (parser.iterate(json).get(document) != simdjson::SUCCESS ||
      document.get_string().get(unescaped) != simdjson::SUCCESS) {
    return std::string(key);
  }
  return std::string(unescaped);
}

// Returns `text` without the lines numbered in `removed` (ascending).
std::string WithoutLines(std::string_view text,
                         std::span<const uint32_t> removed) {
  std::string kept;
  auto next = removed.begin();
  uint32_t number = 1;
  for (size_t begin = 0; begin <= text.size(); ++number) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (next != removed.end() && *next == number) {
      ++next;
    } else {
      kept.append(text.substr(begin, end - begin)) += '\n';
    }
    begin = end + 1;
  }
  if (!kept.empty()) kept.pop_back();
  return kept;
}

std::string RemovedLinesValue(std::span<const uint32_t> removed) {
  std::string value = "{\"removed_lines\":[";
  for (size_t k = 0; k < removed.size(); ++k) {
    if (k > 0) value += ',';
    value += std::to_string(removed[k]);
  }
  return value += "]}";
}

}  // namespace

std::string_view FindTextValue(std::string_view record,
                               const FieldTable& fields) {
  std::string_view found;
  size_t best = std::numeric_limits<size_t>::max();
  int depth = 0;
  for (size_t i = 0; i < record.size(); ++i) {
    const char c = record[i];
    depth += c == '{' || c == '[';
    depth -= c == '}' || c == ']';
    if (c != '"') continue;
    const size_t end = EndOfString(record, i);
    const size_t colon = SkipSpace(record, end);
    const bool is_key =
        depth == 1 && colon < record.size() && record[colon] == ':';
    if (!is_key) {
      i = end - 1;
      continue;
    }
    const auto match =
        fields.Find(UnescapedKey(record.substr(i + 1, end - i - 2)));
    const size_t value = SkipSpace(record, colon + 1);
    i = colon;
    if (value >= record.size() || record[value] != '"') continue;
    const size_t value_end = EndOfString(record, value);
    const bool is_empty = value_end - value == 2;
    if (match && match->role == FieldRole::kText && match->rank < best &&
        !is_empty) {
      best = match->rank;
      found = record.substr(value, value_end - value);
    }
    i = value_end - 1;
  }
  return found;
}

void WriteCleanRecords(const Crawl& crawl, std::span<const FlaggedLine> lines,
                       const FieldTable& fields, OutputFile& out) {
  auto line = lines.begin();
  TextReader reader;
  std::vector<uint32_t> removed;
  for (ArticleId a = 0; a < crawl.articles.size(); ++a) {
    removed.clear();
    for (; line != lines.end() && line->article == a; ++line) {
      if (IsBoilerplate(line->line_class)) removed.push_back(line->line);
    }
    const std::string_view original = crawl.Record(a);
    std::string record(original);
    const std::string_view value = FindTextValue(original, fields);
    if (!removed.empty() && !value.empty()) {
      std::string cleaned;
      AppendJsonString(WithoutLines(reader.Read(crawl.articles[a]), removed),
                       cleaned);
      record.replace(static_cast<size_t>(value.data() - original.data()),
                     value.size(), cleaned);
    }
    std::string marked;
    AppendMarkedRecord(record, RemovedLinesValue(removed), marked);
    out.Append(marked);
  }
}

}  // namespace storyfold
