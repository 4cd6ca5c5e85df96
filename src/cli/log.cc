// What is said while the tool works. Texts of others are printed as
// text/printable.cc has them, JSON escapes by itself.
//
// Tested by: tests/cli/flags_test.cc, tests/cli/bad_input_test.cc

#include "cli/log.h"

#include <absl/strings/str_format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/counted.h"
#include "base/string_view.h"
#include "io/json_text.h"
#include "text/printable.h"

namespace storyfold {
namespace {

constexpr size_t kMostRejectionLines = 20;
constexpr double kSecondsBetweenUpdates = 0.1;

// The share of the time after reading that each stage takes, measured on
// 72,632 articles; good enough to say how long the rest will take.
double ShareOf(Stage stage) {
  switch (stage) {
    case Stage::kSketch:
      return 0.15;
    case Stage::kLines:
      return 0.10;
    case Stage::kFirstBoilerplate:
      return 0.10;
    case Stage::kDuplicates:
      return 0.25;
    case Stage::kBoilerplate:
      return 0.10;
    case Stage::kVectors:
      return 0;  // takes no time, or nearly all of it
    case Stage::kStories:
      return 0.25;
    case Stage::kDescription:
      return 0.05;
  }
  return 0;
}

double ShareBefore(Stage stage) {
  double share = 0;
  for (int s = 0; s < static_cast<int>(stage); ++s) {
    share += ShareOf(static_cast<Stage>(s));
  }
  return share;
}

}  // namespace

Log::Log(bool quiet, LogFormat format)
    : text_(!quiet && format == LogFormat::kText),
      json_(!quiet && format == LogFormat::kJson),
      progress_(text_ && ::isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      last_shown_(start_) {}

Log::~Log() { EndProgress(); }

double Log::SecondsSinceStart() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                       start_)
      .count();
}

void Log::ShowProgress(const std::string& text) {
  std::fprintf(stderr, "\r%-78.78s", text.c_str());
  std::fflush(stderr);
  shown_ = true;
}

void Log::EndProgress() {
  if (shown_) std::fprintf(stderr, "\r%78s\r", "");
  shown_ = false;
}

void Log::WriteEvent(const std::string& json) {
  std::fprintf(stderr, "%s\n", json.c_str());
}

void Log::ReadProgressed(const ReadProgress& progress) {
  const auto now = std::chrono::steady_clock::now();
  const std::chrono::duration<double> since = now - last_shown_;
  if (since.count() < kSecondsBetweenUpdates) return;
  last_shown_ = now;
  const double seconds = std::max(SecondsSinceStart(), 1e-3);
  const double rate = static_cast<double>(progress.bytes_done) / seconds;
  if (json_) {
    std::string out;
    JsonObject json(out);
    json.Add("event", "reading");
    json.Add("articles", progress.articles);
    json.Add("bytes", progress.bytes_done);
    json.Add("bytes_total", progress.bytes_total);
    json.Add("seconds", seconds);
    json.Close();
    WriteEvent(out);
  }
  if (!progress_) return;
  std::string left;
  if (progress.bytes_total > progress.bytes_done) {
    const auto rest =
        static_cast<double>(progress.bytes_total - progress.bytes_done);
    left = absl::StrFormat(", %.0f s left", rest / rate);
  }
  ShowProgress(absl::StrFormat("reading: %s, %.0f MB/s%s",
                               Counted(progress.articles, "article"),
                               rate / 1e6, left));
}

void Log::StageBegan(Stage stage, size_t num_articles) {
  const double seconds = SecondsSinceStart();
  if (json_) {
    std::string out;
    JsonObject json(out);
    json.Add("event", "stage");
    json.Add("stage", StageName(stage));
    json.Add("articles", num_articles);
    json.Add("seconds", seconds);
    json.Close();
    WriteEvent(out);
  }
  if (!progress_) return;
  std::string left;
  const double before = ShareBefore(stage);
  if (before > 0) {
    const double elapsed = seconds - stages_began_;
    left =
        absl::StrFormat(", about %.0f s left", elapsed * (1 - before) / before);
  } else {
    stages_began_ = seconds;
  }
  ShowProgress(absl::StrFormat(
      "stage %d of %d, %s: %s, %.0f articles/s so far%s",
      static_cast<int>(stage) + 1, kNumStages, ToAbsl(StageName(stage)),
      Counted(num_articles, "article"),
      static_cast<double>(num_articles) / std::max(seconds, 1e-3), left));
}

void Log::Rejected(const Crawl& crawl) {
  if (!text_ && !json_) return;
  EndProgress();
  size_t shown = 0;
  for (const Rejection& rejection : crawl.rejected) {
    if (text_ && ++shown > kMostRejectionLines) break;
    if (json_) {
      std::string out;
      JsonObject json(out);
      json.Add("event", "rejected");
      json.Add("file", rejection.file);
      json.Add("line", rejection.line);
      json.Add("reason", rejection.reason);
      json.Close();
      WriteEvent(out);
    } else {
      std::fprintf(stderr, "%s\n", Printable(rejection.Message()).c_str());
    }
  }
  if (text_ && crawl.rejected.size() > kMostRejectionLines) {
    std::fprintf(stderr, "and %zu more were passed over\n",
                 crawl.rejected.size() - kMostRejectionLines);
  }
}

void Log::Note(std::string_view text) {
  EndProgress();
  if (text_) {
    std::fprintf(stderr, "%s\n", PrintableLines(text).c_str());
  }
  if (json_) {
    std::string out;
    JsonObject json(out);
    json.Add("event", "note");
    json.Add("text", text);
    json.Close();
    WriteEvent(out);
  }
}

void PrintError(std::string_view message) {
  std::fprintf(stderr, "storyfold: %s\n", Printable(message).c_str());
}

size_t PeakMemoryBytes() {
  struct rusage usage;
  if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return static_cast<size_t>(usage.ru_maxrss) * 1024;
}

}  // namespace storyfold
