// Reading in three steps, chunk after chunk: one thread reads and unpacks
// whole lines, all threads parse chunks, and the articles are put together in
// the order of the input. At most 8 chunks are on their way at a time.
//
// Tested by: tests/io/crawl_test.cc

#include "storyfold/crawl.h"

#include <absl/container/flat_hash_map.h>
#include <absl/status/status.h>
#include <absl/strings/str_cat.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <atomic>
#include <iterator>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mapped_file.h"
#include "base/string_view.h"
#include "io/input_files.h"
#include "io/input_lines.h"
#include "io/line_chunks.h"
#include "io/record_id.h"
#include "io/record_parser.h"
#include "io/text_file.h"
#include "text/text_reader.h"

namespace storyfold {

// What the views of a crawl point at.
struct CrawlStorage {
  struct File {
    std::string path;
    std::shared_ptr<const MappedFile> mapped;
  };

  std::vector<Arena> arenas;
  std::vector<File> files;
};

namespace {

constexpr size_t kChunksInFlight = 8;
static_assert(kLinePadding >= RecordParser::kPadding);

struct ParsedLine {
  size_t line = 0;  // from 0, in the chunk
  absl::StatusOr<ParsedRecord> record;
  std::unique_ptr<ArticleVisitor::Result> visited;
};

struct ParsedChunk {
  LineChunk chunk;
  size_t num_lines = 0;
  std::vector<ParsedLine> lines;
};

// What a thread parses with, and where its strings are kept.
struct ParserWithArena {
  RecordParser parser;
  Arena arena;
};
using Parsers = tbb::enumerable_thread_specific<ParserWithArena>;

std::string Describe(const absl::Status& status) {
  return std::string(FromAbsl(status.message()));
}

// Shows an article to the visitor, if any, while its text is at hand.
std::unique_ptr<ArticleVisitor::Result> Visit(
    ArticleVisitor* visitor, const absl::StatusOr<ParsedRecord>& record) {
  if (visitor == nullptr || !record.ok()) return nullptr;
  Article article = record->article;
  if (article.text_file != nullptr) article.text = record->left_text;
  article.text_file = nullptr;
  return visitor->Visit(article);
}

std::shared_ptr<ParsedChunk> ParseChunk(LineChunk chunk,
                                        ParserWithArena& parser,
                                        ArticleVisitor* visitor) {
  auto parsed = std::make_shared<ParsedChunk>();
  parsed->num_lines =
      ForEachLine(chunk, 0, [&](std::string_view line, size_t number) {
        auto record = parser.parser.Parse(line, parser.arena, chunk.file);
        auto visited = Visit(visitor, record);
        parsed->lines.push_back(
            {number, std::move(record), std::move(visited)});
      });
  if (chunk.file != nullptr) chunk.file->NoteRead(chunk.lines);
  parsed->chunk = std::move(chunk);
  return parsed;
}

// Puts the crawl together, in input order.
class CrawlBuilder {
 public:
  CrawlBuilder(const ReadOptions& options, const ReadListener& on_progress,
               ArticleVisitor* visitor)
      : options_(options), on_progress_(on_progress), visitor_(visitor) {}

  void Reject(Rejection rejection) {
    if (options_.strict && failure_.ok()) {
      failure_ = absl::InvalidArgumentError(rejection.Message());
    }
    crawl_.rejected.push_back(std::move(rejection));
  }

  // Adds one record; the arena its views point at is handed over by Keep, and
  // `file` outlives the builder.
  void Add(const InputFile& file, size_t line,
           absl::StatusOr<ParsedRecord>& record,
           std::unique_ptr<ArticleVisitor::Result> visited) {
    if (!record.ok()) {
      Reject({file.path, line, Describe(record.status()),
              /*unread=*/line == 0});
      return;
    }
    has_json_ |= line > 0;
    GiveId({&file, line}, *record);
    const Article& article = record->article;
    const auto id = static_cast<ArticleId>(crawl_.articles.size());
    const auto [first, is_new] = places_.try_emplace(article.id, id);
    if (!is_new) {
      Reject(
          {file.path, line,
           absl::StrCat("id \"", ToAbsl(article.id), "\" was used before, at ",
                        place_[first->second].Name())});
      return;
    }
    if (visitor_ != nullptr) visitor_->Keep(std::move(visited));
    crawl_.articles.push_back(article);
    place_.push_back({&file, line});
    if (options_.keep_records) crawl_.records.push_back(record->record);
    Count(*record);
  }

  void Keep(Arena arena) { storage_.arenas.push_back(std::move(arena)); }
  // Keeps a file that texts or records are in, or that CheckUnchanged asks.
  void Keep(const std::string& path, std::shared_ptr<const MappedFile> file) {
    if (file == nullptr) return;
    // The records are not read again before they are written.
    if (options_.texts != TextStorage::kPlainFiles) file->Release();
    storage_.files.push_back({path, std::move(file)});
  }

  void CountFile() { ++crawl_.num_files; }
  void CountBytes(size_t bytes) { crawl_.num_bytes += bytes; }

  void Report(size_t bytes_done, size_t bytes_total) const {
    if (on_progress_) {
      on_progress_({bytes_done, bytes_total, crawl_.articles.size()});
    }
  }

  // Notes a field that was named and that is none of `met`; that is a failure
  // unless it may lack.
  void NoteMissingField(const FieldTable& fields, FieldRoles met) {
    if (!has_json_) return;
    crawl_.missing_field = fields.NameNotMet(met);
    if (options_.may_lack_fields) met |= kRolesToDoWithout;
    const std::string needed = fields.NameNotMet(met);
    if (needed.empty()) return;
    failure_ = absl::InvalidArgumentError(
        absl::StrCat("no record has a field \"", needed, "\""));
  }

  const absl::Status& failure() const { return failure_; }
  ArticleVisitor* visitor() const { return visitor_; }

  // Where strings may be kept that come from no chunk.
  Arena& arena() { return own_; }

  Crawl Finish() {
    Keep(std::move(own_));
    crawl_.storage = std::make_shared<const CrawlStorage>(std::move(storage_));
    return std::move(crawl_);
  }

 private:
  struct Place {
    const InputFile* file = nullptr;
    size_t line = 0;  // 0 for a text file

    std::string Name() const {
      return line == 0 ? file->path : absl::StrCat(file->path, ":", line);
    }
  };

  // Gives an article an id where it has none, or one that we gave it and that
  // is taken: two folders may hold files of one name.
  void GiveId(const Place& place, ParsedRecord& record) {
    Article& article = record.article;
    const bool is_ours = article.id.empty() || place.line == 0;
    if (article.id.empty()) {
      article.id =
          own_.Copy(options_.ids_by_content
                        ? IdByContent(article)
                        : absl::StrCat(place.file->name, ":", place.line));
    }
    if (!is_ours || !places_.contains(article.id)) return;
    const std::string name = place.Name();
    if (place.line == 0) {  // the record was made of the file, with its id
      record.record = own_.Copy(WithOtherId(record.record, article.id, name));
    }
    article.id = own_.Copy(name);
  }

  // Counts what is wrong with an article that stays.
  void Count(const ParsedRecord& record) {
    const Article& article = record.article;
    crawl_.replaced_bytes += record.replaced_bytes;
    crawl_.unreadable_times += record.unreadable_time;
    if (record.unreadable_time && crawl_.unreadable_time.empty()) {
      crawl_.unreadable_time = record.time;
    }
    crawl_.unreadable_vectors += record.unreadable_vector;
    crawl_.empty_articles += article.title.empty() && article.text.empty();
  }

  // Returns an id that no article has yet.
  std::string IdByContent(const Article& article) const {
    const uint64_t hash =
        CombineHashes(HashBytes(article.title), HashBytes(article.text));
    const std::string name = article.url.empty()
                                 ? absl::StrCat("text-", absl::Hex(hash))
                                 : std::string(article.url);
    std::string id = name;
    for (size_t k = 2; places_.contains(id); ++k) {
      id = absl::StrCat(name, "#", k);
    }
    return id;
  }

  const ReadOptions& options_;
  const ReadListener& on_progress_;
  ArticleVisitor* visitor_;
  bool has_json_ = false;  // whether any record was of JSON
  Crawl crawl_;
  Arena own_;
  CrawlStorage storage_;
  struct HashId {
    size_t operator()(std::string_view id) const { return HashBytes(id); }
  };
  absl::flat_hash_map<std::string_view, ArticleId, HashId> places_;
  std::vector<Place> place_;  // of each article
  absl::Status failure_;
};

// Calls the three steps on one file of JSON lines.
void ReadJsonLines(const InputFile& file, LineSource& lines, Parsers& parsers,
                   size_t bytes_before, size_t bytes_total,
                   CrawlBuilder& builder) {
  size_t line_number = 1;
  std::atomic<bool> has_failed = !builder.failure().ok();
  const auto read = [&](tbb::flow_control& control) {
    LineChunk chunk = lines.Next();
    if (chunk.IsEnd() || has_failed) control.stop();
    return chunk;
  };
  const auto parse = [&](LineChunk chunk) {
    return ParseChunk(std::move(chunk), parsers.local(), builder.visitor());
  };
  const auto append = [&](const std::shared_ptr<ParsedChunk>& parsed) {
    if (has_failed) return;
    const LineChunk& chunk = parsed->chunk;
    for (ParsedLine& line : parsed->lines) {
      builder.Add(file, line_number + line.line, line.record,
                  std::move(line.visited));
    }
    line_number += parsed->num_lines;
    if (!chunk.status.ok()) {
      builder.Reject({file.path, line_number, Describe(chunk.status),
                      /*unread=*/true});
    }
    builder.CountBytes(chunk.lines.size());
    builder.Report(bytes_before + chunk.packed_offset, bytes_total);
    has_failed = !builder.failure().ok();
  };
  using Parsed = std::shared_ptr<ParsedChunk>;
  tbb::parallel_pipeline(kChunksInFlight,
                         tbb::make_filter<void, LineChunk>(
                             tbb::filter_mode::serial_in_order, read) &
                             tbb::make_filter<LineChunk, Parsed>(
                                 tbb::filter_mode::parallel, parse) &
                             tbb::make_filter<Parsed, void>(
                                 tbb::filter_mode::serial_in_order, append));
}

void ReadTextArticle(const InputFile& file, size_t bytes_before,
                     size_t bytes_total, CrawlBuilder& builder) {
  auto record = ReadTextFile(file, builder.arena());
  if (record.ok()) builder.CountBytes(record->article.text.size());
  builder.Add(file, 0, record, Visit(builder.visitor(), record));
  builder.Report(bytes_before + file.bytes, bytes_total);
}

}  // namespace

std::string Rejection::Message() const {
  if (line == 0) return file + ": " + reason;
  return file + ":" + std::to_string(line) + ": " + reason;
}

size_t Crawl::NumUnread() const {
  return static_cast<size_t>(
      std::ranges::count(rejected, true, &Rejection::unread));
}

std::string_view Crawl::Record(ArticleId article) const {
  const std::string_view record = records[article];
  if (const MappedFile* file = articles[article].text_file) {
    file->NoteRead(record);
  }
  return record;
}

absl::Status Crawl::CheckUnchanged() const {
  if (storage == nullptr) return absl::OkStatus();
  for (const CrawlStorage::File& file : storage->files) {
    if (file.mapped->HasChanged()) {
      return absl::FailedPreconditionError(
          absl::StrCat(file.path, " was changed while it was read"));
    }
  }
  return absl::OkStatus();
}

std::string ReadText(const Article& article) {
  return std::string(TextReader().Read(article));
}

absl::StatusOr<Crawl> ReadCrawl(std::span<const std::string> inputs,
                                const ReadOptions& options,
                                const ReadListener& on_progress,
                                ArticleVisitor* visitor) {
  InputFiles files = ListInputFiles(inputs, options.not_read);
  CrawlBuilder builder(options, on_progress, visitor);
  for (Rejection& rejection : files.rejected) {
    builder.Reject(std::move(rejection));
  }
  size_t bytes_total = 0;
  for (const InputFile& file : files.files) bytes_total += file.bytes;

  const FieldTable fields(options.fields);
  const RecordParts parts{options.keep_records,
                          options.texts != TextStorage::kMemory};
  Parsers parsers([&] {
    return ParserWithArena{RecordParser(fields, parts), {}};
  });
  size_t bytes_before = 0;
  for (const InputFile& file : files.files) {
    if (!builder.failure().ok()) break;
    if (file.format == InputFormat::kText) {
      ReadTextArticle(file, bytes_before, bytes_total, builder);
    } else {
      auto input = OpenLines(file.path, options.texts, kChunksInFlight);
      if (input.ok()) {
        ReadJsonLines(file, *input->lines, parsers, bytes_before, bytes_total,
                      builder);
        builder.Keep(file.path, std::move(input->file));
      } else if (absl::IsResourceExhausted(input.status())) {
        return absl::ResourceExhaustedError(
            absl::StrCat(file.path, ": ", input.status().message()));
      } else {
        builder.Reject(
            {file.path, 0, Describe(input.status()), /*unread=*/true});
      }
    }
    builder.CountFile();
    bytes_before += file.bytes;
  }
  if (!builder.failure().ok()) return builder.failure();
  FieldRoles met;
  for (ParserWithArena& parser : parsers) {
    met |= parser.parser.roles_met();
    builder.Keep(std::move(parser.arena));
  }
  builder.NoteMissingField(fields, met);
  if (!builder.failure().ok()) return builder.failure();
  return builder.Finish();
}

}  // namespace storyfold
