#pragma once

#include <absl/status/status.h>

#include <string>
#include <string_view>

namespace storyfold {

// A file that appears under its name only when it is complete, or standard
// output. Links are followed, and a device or a pipe is written to at once, as
// it is. Writes are buffered; after an error the rest is dropped and Close
// returns it.
class OutputFile {
 public:
  // Opens "PATH.partial" for writing; Commit renames it to `path`.
  explicit OutputFile(const std::string& path);

  // Writes to standard output.
  static OutputFile Stdout();

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  // Removes the partial file unless it was committed.
  ~OutputFile();

  void Append(std::string_view bytes);

  // Writes what is buffered and closes. Errors: "PATH: no space left on
  // device" and the like. A closed pipe (Aborted) is one too.
  absl::Status Close();

  // Gives the closed file its name. Once.
  absl::Status Commit();

 private:
  OutputFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  void Flush();
  void Fail(const char* what);

  int fd_ = -1;
  std::string path_;     // empty: standard output
  std::string target_;   // where its links end
  bool exists_ = false;  // the partial file
  std::string buffer_;
  absl::Status status_;
};

// Returns the name that a file has until it is complete.
std::string PartialPath(const std::string& path);

// Writes all of standard output: `text`. Errors: those of OutputFile::Close.
absl::Status WriteToStdout(std::string_view text);

}  // namespace storyfold
