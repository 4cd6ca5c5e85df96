#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "cli/config.h"
#include "storyfold/crawl.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// What the tool says on standard error while it works: a line that is written
// over on a terminal, one JSON line an event with --log json, nothing but
// errors with --quiet. Not thread-safe.
class Log {
 public:
  Log(bool quiet, LogFormat format);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void ReadProgressed(const ReadProgress& progress);
  void StageBegan(Stage stage, size_t num_articles);

  // One line for each of the first 20 rejections and one for the rest.
  void Rejected(const Crawl& crawl);

  // A fact worth a line.
  void Note(std::string_view text);

  // Ends the line of the terminal.
  void EndProgress();

  double SecondsSinceStart() const;

 private:
  void ShowProgress(const std::string& text);
  void WriteEvent(const std::string& json);

  bool text_;      // plain lines
  bool json_;      // events
  bool progress_;  // a line written over
  bool shown_ = false;
  double stages_began_ = 0;  // seconds since start
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_shown_;
};

// Prints "storyfold: MESSAGE" on standard error.
void PrintError(std::string_view message);

// Returns the most memory the process has held, in bytes.
size_t PeakMemoryBytes();

}  // namespace storyfold
