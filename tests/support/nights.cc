#include "support/nights.h"

#include <simdjson.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "io/json_text.h"
#include "support/corpus.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Returns field `name` of the results of all exported articles, by all their
// ids.
std::map<std::string, std::string> ResultsIn(const std::string& folder,
                                             const char* name) {
  std::map<std::string, std::string> results;
  simdjson::dom::parser parser;
  for (const std::string& line : LinesOf(folder, ExportArticles)) {
    const simdjson::dom::element record =
        parser.parse(simdjson::padded_string(line)).value();
    const simdjson::dom::element own = record["storyfold"];
    const std::string value(own[name].get_string().value());
    results[std::string(own["id"].get_string().value())] = value;
    simdjson::dom::array others;
    if (own["other_ids"].get(others) != simdjson::SUCCESS) continue;
    for (const auto& id : others) {
      results[std::string(id.get_string().value())] = value;
    }
  }
  return results;
}

std::vector<std::string> WordsOf(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

// What one outlet says of an event: words of the event and others, mixed.
std::string ReportOf(int event, int outlet, int night) {
  Random random(static_cast<uint64_t>(event));
  const std::vector<std::string> subject =
      WordsOf(RandomText(random, 40, 1'000'000));
  Random own(static_cast<uint64_t>(1000 * event + 10 * outlet + night));
  const std::vector<std::string> other = WordsOf(RandomText(own, 60, 400));
  std::string text;
  for (size_t i = 0; i < 120; ++i) {
    const auto& words = own.Below(2) == 0 ? subject : other;
    text += words[own.Below(words.size())];
    text += i % 12 == 11 ? "\n" : " ";
  }
  return text;
}

std::string DayOf(int night) {
  return "2031-03-" + std::string(night < 10 ? "0" : "") +
         std::to_string(night);
}

void DumpTable(sqlite3* database, const std::string& table, std::string& out) {
  out += "== " + table + "\n";
  const std::string sql = "SELECT * FROM " + table + " ORDER BY 1, 2";
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) !=
      SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database));
  }
  while (sqlite3_step(statement) == SQLITE_ROW) {
    for (int c = 0; c < sqlite3_column_count(statement); ++c) {
      if (sqlite3_column_type(statement, c) == SQLITE_NULL) out += "NULL";
      const auto* bytes =
          static_cast<const char*>(sqlite3_column_blob(statement, c));
      const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, c));
      if (bytes != nullptr) out.append(bytes, size);
      out += '\t';
    }
    out += '\n';
  }
  sqlite3_finalize(statement);
}

void DumpCatalogue(const std::string& path, std::string& out) {
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE,
                      nullptr) != SQLITE_OK) {
    throw std::runtime_error("cannot open " + path);
  }
  for (const char* table :
       {"meta", "nights", "segments", "articles", "other_ids", "clusters",
        "stories", "changes", "pins", "settings", "addresses"}) {
    DumpTable(database, table, out);
  }
  sqlite3_close(database);
}

}  // namespace

std::string AsJsonLines(const std::vector<NightRecord>& records) {
  std::string lines;
  for (const NightRecord& record : records) {
    JsonObject json(lines);
    const auto add = [&](const char* name, const std::string& value) {
      if (!value.empty()) json.Add(name, value);
    };
    add("id", record.id);
    add("title", record.title);
    add("text", record.text);
    add("url", record.url);
    add("source", record.source);
    add("published", record.published);
    json.Add("lang", "en");  // invented words are of any language
    json.Close();
    lines += '\n';
  }
  return lines;
}

std::string StreamNight(int night) {
  std::vector<NightRecord> records;
  for (int event = std::max(1, night - 1); event <= night + 2; ++event) {
    for (int outlet = 1; outlet <= 2; ++outlet) {
      const std::string name = std::to_string(night) + "-" +
                               std::to_string(event) + "-" +
                               std::to_string(outlet);
      records.push_back(
          {"a" + name, "Event " + std::to_string(event),
           ReportOf(event, outlet, night), "https://news.example/" + name,
           "outlet" + std::to_string(outlet) + ".example",
           DayOf(night) + "T0" + std::to_string(outlet) + ":00:00Z"});
    }
    NightRecord copy = records.back();
    copy.id += "-copy";
    copy.url += "-copy";
    copy.source = "copier.example";
    records.push_back(copy);
  }
  return AsJsonLines(records);
}

std::string LargeNight() {
  Random random(5);
  std::vector<NightRecord> records;
  for (int i = 0; i < 5100; ++i) {
    records.push_back({.id = "a" + std::to_string(i),
                       .text = RandomText(random, 25, 9'000'000),
                       .published = "2031-03-10T12:00:00Z"});
  }
  return AsJsonLines(records);
}

UpdateResult UpdateWith(const std::string& folder, const std::string& lines,
                        const UpdateOptions& options) {
  const TempFolder inputs;
  WriteFile(inputs / "night.jsonl", lines);
  const std::vector<std::string> paths = {inputs / "night.jsonl"};
  ReadOptions read;
  read.ids_by_content = true;
  const auto crawl = ReadCrawl(paths, read);
  if (!crawl.ok()) throw std::runtime_error(crawl.status().ToString());
  const auto result = UpdateState(folder, *crawl, options);
  if (!result.ok()) throw std::runtime_error(result.status().ToString());
  return *result;
}

void RunSql(const std::string& folder, const std::string& sql) {
  sqlite3* database = nullptr;
  if (sqlite3_open((folder + "/state.db").c_str(), &database) != SQLITE_OK) {
    throw std::runtime_error(folder + ": no catalogue");
  }
  const int code =
      sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
  const std::string message = sqlite3_errmsg(database);
  sqlite3_close(database);
  if (code != SQLITE_OK) throw std::runtime_error(message);
}

ProcessResult UpdateByTool(const std::string& folder, int night) {
  return RunTool({"update", "--quiet", "-", "--state", folder},
                 StreamNight(night));
}

std::map<std::string, std::string> StoriesIn(const std::string& folder) {
  return ResultsIn(folder, "story");
}

std::map<std::string, std::string> ClustersIn(const std::string& folder) {
  return ResultsIn(folder, "cluster");
}

std::string ContentOf(const std::string& folder) {
  std::string out;
  DumpCatalogue(folder + "/state.db", out);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().native();
    if (name != "lock" && !name.starts_with("state.db")) names.push_back(name);
  }
  std::ranges::sort(names);
  for (const std::string& name : names) {
    out += "== " + name + "\n" + ReadFile(folder + "/" + name);
  }
  return out;
}

std::vector<std::string> LinesOf(const std::string& folder,
                                 absl::Status (*exporter)(const std::string&,
                                                          const LineWriter&)) {
  std::vector<std::string> lines;
  const absl::Status status = exporter(
      folder, [&](std::string_view line) { lines.emplace_back(line); });
  if (!status.ok()) throw std::runtime_error(status.ToString());
  return lines;
}

}  // namespace storyfold
