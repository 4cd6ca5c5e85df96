#include "io/run_folder.h"

#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "io/json_text.h"
#include "io/output_file.h"
#include "io/records.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

constexpr const char* kArticles = "/articles.jsonl";
constexpr const char* kStories = "/stories.jsonl";
constexpr const char* kBoilerplate = "/boilerplate.jsonl";
constexpr const char* kRejected = "/rejected.jsonl";
constexpr const char* kSummary = "/summary.json";

void WriteArticles(const Crawl& crawl, const Folding& folding,
                   OutputFile& file) {
  std::vector<uint32_t> numbers;
  std::string value;
  std::string out;
  for (ArticleId place = 0; place < crawl.articles.size(); ++place) {
    const ArticleId a =
        crawl.input_order.empty() ? place : crawl.input_order[place];
    numbers.clear();
    for (const FlaggedLine& line : std::ranges::equal_range(
             folding.lines, a, {}, &FlaggedLine::article)) {
      if (IsBoilerplate(line.line_class)) numbers.push_back(line.line);
    }
    value.clear();
    out.clear();
    AppendArticleResult(crawl, folding, a, numbers, value);
    AppendMarkedRecord(crawl.Record(a), value, out);
    file.Append(out);
  }
}

void WriteStories(const Crawl& crawl, const Folding& folding,
                  OutputFile& file) {
  std::string out;
  for (const Story& story : folding.stories.stories) {
    out.clear();
    AppendStory(crawl, story, out);
    file.Append(out);
  }
}

void WriteRejections(const Crawl& crawl, OutputFile& file) {
  std::string out;
  for (const Rejection& rejection : crawl.rejected) {
    out.clear();
    AppendRejection(rejection, out);
    file.Append(out);
  }
}

// Gives all files their names, once they are complete and it is known that
// nobody wrote to what they were made of.
absl::Status CommitAll(const Crawl& crawl, std::vector<OutputFile>& files) {
  for (OutputFile& file : files) {
    const absl::Status status = file.Close();
    if (!status.ok()) return status;
  }
  const absl::Status unchanged = crawl.CheckUnchanged();
  if (!unchanged.ok()) return unchanged;
  for (OutputFile& file : files) {
    const absl::Status status = file.Commit();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

void AddTimes(const Folding& folding, const RunSummary& summary,
              JsonObject& json) {
  JsonObject seconds(json.Field("seconds"));
  seconds.Add("read", summary.read_seconds);
  for (const StageTime& time : folding.times) {
    seconds.Add(StageName(time.stage), time.seconds);
  }
  seconds.Add("write", summary.write_seconds);
  seconds.Add("total", summary.total_seconds);
  seconds.Close();
}

void AddCounts(const Crawl& crawl, const RunCounts& counts, JsonObject& json) {
  JsonObject fields(json.Field("counts"));
  fields.Add("records", counts.records);
  fields.Add("distinct", counts.distinct);
  fields.Add("copies", counts.copies);
  fields.Add("rejected", counts.rejected);
  fields.Add("clusters_of_copies", counts.clusters);
  fields.Add("stories", counts.stories);
  fields.Add("lone_articles", counts.lone);
  fields.Add("boilerplate_lines", counts.boilerplate_lines);
  fields.Add("files", crawl.num_files);
  fields.Add("bytes", crawl.num_bytes);
  fields.Add("replaced_bytes", crawl.replaced_bytes);
  fields.Add("unreadable_times", crawl.unreadable_times);
  fields.Add("empty_articles", crawl.empty_articles);
  fields.Add("unread_inputs", crawl.NumUnread());
  fields.Close();
}

void AddVectors(const VectorReport& report, JsonObject& json) {
  if (report.source.empty() && report.problem.empty()) return;
  JsonObject vectors(json.Field("vectors"));
  vectors.Add("source", report.source);
  vectors.Add("articles", report.articles);
  if (!report.problem.empty()) vectors.Add("problem", report.problem);
  vectors.Close();
}

}  // namespace

RunCounts CountResults(const Crawl& crawl, const Folding& folding) {
  RunCounts counts;
  counts.records = crawl.NumRecords();
  counts.rejected = crawl.rejected.size();
  const auto& representative = folding.copies.representative;
  std::vector<uint32_t> size(representative.size(), 0);
  for (const ArticleId r : representative) ++size[r];
  for (ArticleId a = 0; a < representative.size(); ++a) {
    counts.copies += representative[a] != a;
    counts.clusters += representative[a] == a && size[a] > 1;
  }
  counts.distinct = representative.size() - counts.copies;
  for (const Story& story : folding.stories.stories) {
    counts.stories += story.articles.size() > 1;
    counts.lone += story.articles.size() == 1;
  }
  counts.boilerplate_lines = static_cast<size_t>(std::ranges::count_if(
      folding.lines,
      [](const FlaggedLine& line) { return IsBoilerplate(line.line_class); }));
  return counts;
}

std::vector<std::string> RunFiles(const std::string& folder) {
  std::vector<std::string> paths;
  for (const char* name :
       {kArticles, kStories, kBoilerplate, kRejected, kSummary}) {
    paths.push_back(folder + name);
  }
  return paths;
}

absl::Status WriteRunFolder(const std::string& folder, const Crawl& crawl,
                            const Folding& folding) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return absl::InternalError(folder +
                               ": cannot be created: " + error.message());
  }
  std::vector<OutputFile> files;
  files.emplace_back(folder + kArticles);
  WriteArticles(crawl, folding, files.back());
  files.emplace_back(folder + kStories);
  WriteStories(crawl, folding, files.back());
  files.emplace_back(folder + kBoilerplate);
  ForEachFlaggedLine(crawl, folding.lines,
                     [&](std::string_view line) { files.back().Append(line); });
  files.emplace_back(folder + kRejected);
  WriteRejections(crawl, files.back());
  return CommitAll(crawl, files);
}

absl::Status WriteSummary(const std::string& folder, const Crawl& crawl,
                          const Folding& folding, const RunSummary& summary) {
  std::string out;
  JsonObject json(out);
  json.Add("version", summary.version);
  std::string command = summary.command;
  ReplaceInvalidUtf8(command);
  json.Add("command", command);
  json.Add("options", summary.options);
  json.Add("threads", summary.threads);
  AddCounts(crawl, CountResults(crawl, folding), json);
  AddVectors(folding.vectors, json);
  AddTimes(folding, summary, json);
  json.Add("peak_memory_bytes", summary.peak_memory_bytes);
  json.Close();
  // The others have their names by now, so no input is asked for any more.
  OutputFile file(folder + kSummary);
  file.Append(out + "\n");
  const absl::Status closed = file.Close();
  return closed.ok() ? file.Commit() : closed;
}

absl::StatusOr<RunSettings> ReadRunSettings(const std::string& folder) {
  const std::string path = folder + kSummary;
  simdjson::padded_string json;
  if (simdjson::padded_string::load(path).get(json) != simdjson::SUCCESS) {
    return absl::NotFoundError(path +
                               ": cannot be read; is this a folder of "
                               "storyfold run?");
  }
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  std::string_view options;
  if (parser.iterate(json).get(document) != simdjson::SUCCESS ||
      document["options"].get_string().get(options) != simdjson::SUCCESS) {
    return absl::DataLossError(path + ": not the summary of a run");
  }
  RunSettings settings = {std::string(options), {}};
  std::string_view source;
  if (document["vectors"]["source"].get_string().get(source) ==
      simdjson::SUCCESS) {
    settings.vectors = source;
  }
  return settings;
}

}  // namespace storyfold
