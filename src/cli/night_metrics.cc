// Tested by: tests/cli/incomplete_input_test.cc, tests/cli/limits_test.cc

#include "cli/night_metrics.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "cli/log.h"
#include "cli/session.h"
#include "io/output_file.h"
#include "io/text_file.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStdout = "-";

constexpr const char* kUnread = "unread_inputs";
constexpr const char* kLastSuccess = "last_success_timestamp_seconds";

// Returns the text that a file has by now; none of a pipe, which would wait.
std::string FormerMetrics(const std::string& path) {
  std::error_code error;
  if (path == kStdout || !fs::is_regular_file(path, error)) return "";
  return ReadWholeFile(path).value_or("");
}

// Returns those lines of metrics that are about `name`, or all the others.
std::string LinesOf(std::string_view metrics, const char* name, bool about) {
  const std::string full_name = absl::StrCat("storyfold_", name, " ");
  std::string lines;
  while (!metrics.empty()) {
    const size_t end = std::min(metrics.find('\n'), metrics.size() - 1) + 1;
    const std::string_view line = metrics.substr(0, end);
    const bool is_about = line.starts_with(full_name) ||
                          line.starts_with("# HELP " + full_name) ||
                          line.starts_with("# TYPE " + full_name);
    if (is_about == about) lines += line;
    metrics.remove_prefix(end);
  }
  return lines;
}

class MetricsWriter {
 public:
  void Add(const char* name, const char* help, double value,
           const std::string& labels = "") {
    if (name != last_) {
      absl::StrAppend(&text_, "# HELP storyfold_", name, " ", help,
                      "\n# TYPE storyfold_", name, " gauge\n");
    }
    last_ = name;
    absl::StrAppend(&text_, "storyfold_", name, labels, " ",
                    absl::StrFormat("%.15g", value), "\n");
  }

  // Adds lines of former metrics.
  void AddLines(const std::string& lines) { text_ += lines; }

  absl::Status Write(const std::string& path) const {
    if (path == kStdout) return WriteToStdout(text_);
    OutputFile file(path);
    file.Append(text_);
    const absl::Status closed = file.Close();
    return closed.ok() ? file.Commit() : closed;
  }

 private:
  std::string text_;
  const char* last_ = nullptr;
};

double Count(size_t n) { return static_cast<double>(n); }

void AddUnread(size_t unread, MetricsWriter& metrics) {
  metrics.Add(kUnread,
              "Inputs of the last crawl that were not read to the end.",
              Count(unread));
}

void AddRecords(const UpdateResult& result, MetricsWriter& metrics) {
  const auto add = [&](const char* labels, size_t records) {
    constexpr const char* kName = "records";
    metrics.Add(kName, "Records of the last crawl by what they were.",
                Count(records), labels);
  };
  add("{kind=\"new\"}", result.fresh);
  add("{kind=\"changed\"}", result.changed);
  add("{kind=\"seen\"}", result.seen);
  add("{kind=\"rejected\"}", result.rejected);
}

void AddStories(const UpdateResult& result, MetricsWriter& metrics) {
  constexpr const char* kName = "story_changes";
  for (const StoryEvent event : kStoryEvents) {
    metrics.Add(
        kName, "Stories by what became of them in the last night.",
        Count(result.Count(event)),
        absl::StrCat("{event=\"", std::string(StoryEventName(event)), "\"}"));
  }
}

}  // namespace

absl::Status CheckMetricsWritable(const std::string& path) {
  if (path == kStdout) return absl::OkStatus();
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": is a folder"));
  }
  // A pipe would wait for its reader.
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {
    return absl::OkStatus();
  }
  return OutputFile(path).Close();
}

absl::Status WriteNightMetrics(const std::string& path, const Crawl& crawl,
                               const UpdateResult& result, double seconds) {
  MetricsWriter metrics;
  AddRecords(result, metrics);
  AddUnread(crawl.NumUnread(), metrics);
  metrics.Add("empty_articles",
              "Articles of the last crawl with neither title nor text.",
              Count(crawl.empty_articles));
  AddStories(result, metrics);
  metrics.Add("copies", "New articles that are copies.", Count(result.copies));
  metrics.Add("night", "Nights with news so far.",
              static_cast<double>(result.night));
  metrics.Add("warnings", "Warnings of the last update.",
              Count(result.warnings.size()));
  metrics.Add("stored_articles", "Articles in the state.",
              Count(result.stored_articles));
  metrics.Add("window_articles", "Articles compared in the last night.",
              Count(result.window_articles));
  metrics.Add("update_seconds", "Duration of the last update.", seconds);
  metrics.Add("peak_memory_bytes", "Most memory the last update held.",
              Count(PeakMemoryBytes()));
  if (CheckAllRead(crawl).ok()) {
    metrics.Add(kLastSuccess, "End of the last update that read all inputs.",
                static_cast<double>(std::time(nullptr)));
  } else {
    metrics.AddLines(LinesOf(FormerMetrics(path), kLastSuccess, true));
  }
  return metrics.Write(path);
}

absl::Status WriteUnreadInputs(const std::string& path, size_t unread) {
  MetricsWriter metrics;
  metrics.AddLines(LinesOf(FormerMetrics(path), kUnread, false));
  AddUnread(unread, metrics);
  return metrics.Write(path);
}

}  // namespace storyfold
