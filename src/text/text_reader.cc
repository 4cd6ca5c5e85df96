// A text in a file is copied before it is looked at, with quotation marks
// behind it: whatever another program does to the file meanwhile, what is
// unescaped ends there (at the second where the text ends in a backslash) and
// is checked to be UTF-8.
//
// Tested by: tests/text/text_reader_test.cc

#include "text/text_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <new>

#include "base/mapped_file.h"

namespace storyfold {
namespace {

// Quotation marks behind a text, so many that simdjson's reading ahead from
// the second one stays among them.
constexpr size_t kSentinels = simdjson::SIMDJSON_PADDING + 2;

void GrowTo(size_t size, std::vector<char>& buffer) {
  if (buffer.size() < size) buffer.resize(size);
}

}  // namespace

// The parser is there for its unescaping only, which needs it allocated.
struct TextReader::Unescaper {
  Unescaper() {
    if (parser.allocate(simdjson::SIMDJSON_PADDING) != simdjson::SUCCESS)
      throw std::bad_alloc();
  }

  simdjson::ondemand::parser parser;
};

TextReader::TextReader() = default;
TextReader::TextReader(TextReader&& other) noexcept = default;
TextReader::~TextReader() = default;

std::string_view TextReader::Read(const Article& article) {
  if (article.text_file == nullptr) return article.text;
  if (unescaper_ == nullptr) unescaper_ = std::make_unique<Unescaper>();
  const size_t size = article.text.size();
  GrowTo(size + kSentinels, escaped_);
  GrowTo(size + kSentinels, text_);
  const auto end_of_copy =
      std::ranges::copy(article.text, escaped_.begin()).out;
  std::fill_n(end_of_copy, kSentinels, '"');
  article.text_file->NoteRead(article.text);
  auto* end = reinterpret_cast<uint8_t*>(text_.data());
  std::string_view text;
  const simdjson::ondemand::raw_json_string raw(
      reinterpret_cast<const uint8_t*>(escaped_.data()));
  if (unescaper_->parser.unescape(raw, end).get(text) != simdjson::SUCCESS ||
      !simdjson::validate_utf8(text)) {
    return {};
  }
  return text;
}

}  // namespace storyfold
