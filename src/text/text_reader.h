#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

// Gives the text of one article after the other, wherever it stands. Keeps its
// buffers, so use one object a thread.
class TextReader {
 public:
  TextReader();
  TextReader(TextReader&& other) noexcept;
  ~TextReader();

  // Returns the text, unescaped where it stands in a file. Good until the next
  // call, or as long as article.text if that is in memory. A text whose file
  // was changed meanwhile and is no JSON string any more reads as empty.
  // 5 GB/s for a text in a file.
  std::string_view Read(const Article& article);

 private:
  // Hides simdjson, whose classes differ in size with how it is compiled.
  struct Unescaper;

  std::unique_ptr<Unescaper> unescaper_;
  std::vector<char> escaped_;
  std::vector<char> text_;
};

}  // namespace storyfold
