#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "pages.h"
#include "sources.h"

namespace storyfold {

// A file written front to back.  Errors are kept, not reported at once.
class OutputFile {
 public:
  // Creates or empties the file; "-" is standard output.
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // The bytes to be written next: callers append whole records to it and then
  // call FlushIfFull().
  std::string& buffer() { return buffer_; }
  void FlushIfFull() {
    if (buffer_.size() >= kBufferBytes) Flush();
  }

  // Writes what is left.  Call it before asking for the error.
  void Close();

  // "path: reason", empty when all went well.
  const std::string& error() const { return error_; }

  // Whether the reader of a pipe went away.  No error, but nothing more can be
  // written.
  bool is_pipe_closed() const { return is_pipe_closed_; }

  uint64_t num_bytes() const { return num_bytes_; }

 private:
  static constexpr size_t kBufferBytes = size_t{1} << 18;

  void Flush();
  void KeepError();

  std::string path_;
  std::FILE* file_;
  std::string buffer_;
  uint64_t num_bytes_ = 0;
  std::string error_;
  bool is_pipe_closed_ = false;
};

// Appends the article as one line of JSON; `published` is the time it states,
// or nothing.
void AppendArticle(const Page& page, const NewsSource& source, uint64_t number,
                   std::string_view published, std::string* out);

// Where an article belongs; the numbers of articles and stories begin at 1.
struct ArticleLabels {
  uint64_t number;
  uint64_t story;
  uint64_t original;  // the first article of its copies
};

// Appends the article's labels as one line of JSON.
void AppendLabels(const ArticleLabels& labels, const Page& page,
                  std::string* out);

}  // namespace storyfold
