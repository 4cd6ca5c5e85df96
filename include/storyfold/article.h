#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace storyfold {

class MappedFile;

// Names an article by its position in the span handed to a function: 0 is the
// first. Ties anywhere in the library go to the lower ArticleId.
using ArticleId = uint32_t;

// One article as the stages see it. All views are UTF-8 and point at memory
// the caller keeps alive for as long as the article is used. A missing field
// is an empty view.
struct Article {
  std::string_view id;  // the user's own id, unique within a run
  std::string_view title;
  std::string_view text;  // lines separated by '\n'; escaped with text_file
  std::string_view url;
  std::string_view source;    // the outlet that printed it
  std::string_view language;  // ISO 639 code in lower case: "en", "zh"

  // Seconds since 1970-01-01T00:00:00Z; absent when unknown.
  std::optional<int64_t> published;

  // Where the text stands in a file that ReadCrawl left it in (see
  // ReadOptions::texts): `text` is the JSON string there, with its escapes and
  // without its quotation marks, and ReadText gives the text itself.
  const MappedFile* text_file = nullptr;

  // A dense vector that the caller has of the article, of any length; empty:
  // none. All of one batch are of one model.
  std::span<const float> vector = {};
};

}  // namespace storyfold
