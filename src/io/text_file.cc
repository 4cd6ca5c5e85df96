#include "io/text_file.h"

#include <absl/status/status.h>

#include <algorithm>

#include "base/trim.h"
#include "io/byte_stream.h"
#include "io/json_text.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

constexpr size_t kReadSize = size_t{1} << 16;
constexpr size_t kMostTextBytes = size_t{1} << 30;
constexpr size_t kMostTitleWords = 25;
// A text with more control characters than one in this many bytes is binary.
// Packed data has one in ten. Bytes that are no UTF-8 do not tell: Latin-1 has
// many.
constexpr size_t kControlShare = 20;
constexpr size_t kFewControls = 8;  // as wires send them around a flash

// Returns whether a byte stands in no text, NUL among them.
bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < ' ' && (c < '\t' || c > '\r') && c != '\x1b';
}

bool LooksBinary(std::string_view bytes) {
  const auto controls =
      static_cast<size_t>(std::ranges::count_if(bytes, IsControl));
  return controls * kControlShare > bytes.size() &&
         (controls > kFewControls || bytes.find('\0') != bytes.npos);
}

size_t CountWords(std::string_view line) {
  size_t words = 0;
  bool in_word = false;
  for (const char c : line) {
    const bool space = c == ' ' || c == '\t';
    words += !space && !in_word;
    in_word = !space;
  }
  return words;
}

}  // namespace

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  auto stream = OpenByteStream(path);
  if (!stream.ok()) return stream.status();
  std::string text;
  while (text.size() <= kMostTextBytes) {
    const size_t filled = text.size();
    const size_t more =
        std::min(std::max(kReadSize, filled), kMostTextBytes + 1 - filled);
    text.resize(filled + more);
    const ReadResult got = (*stream)->Read({text.data() + filled, more});
    text.resize(filled + got.size);
    if (!got.status.ok()) return got.status;
    if (got.size < more) return text;
  }
  return absl::DataLossError("longer than 1 GiB");
}

std::string_view TitleOfText(std::string_view text) {
  std::string_view title;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = TrimSpace(text.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty()) continue;
    if (title.empty()) {
      const size_t words = CountWords(line);
      const bool closed = line.ends_with('.') || line.ends_with(',') ||
                          line.ends_with(':') || line.ends_with("。");
      if (words < 2 || words > kMostTitleWords || closed) return {};
      title = line;
    } else if (line.size() > title.size()) {
      return title;
    }
  }
  return {};
}

absl::StatusOr<ParsedRecord> ReadTextFile(const InputFile& file, Arena& arena) {
  auto text = ReadWholeFile(file.path);
  if (!text.ok()) return text.status();
  if (text->starts_with("\xEF\xBB\xBF")) text->erase(0, 3);
  if (LooksBinary(*text)) {
    return absl::DataLossError("looks like a binary file");
  }
  ParsedRecord parsed;
  parsed.replaced_bytes = ReplaceInvalidUtf8(*text);
  Article& article = parsed.article;
  std::string id = file.name;
  parsed.replaced_bytes += ReplaceInvalidUtf8(id);
  article.id = arena.Copy(id);
  article.text = arena.Copy(*text);
  article.title = TitleOfText(article.text);
  std::string record;
  JsonObject json(record);
  json.Add("id", article.id);
  json.Add("title", article.title);
  json.Add("text", article.text);
  json.Close();
  parsed.record = arena.Copy(record);
  return parsed;
}

}  // namespace storyfold
