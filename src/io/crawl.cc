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

#include <iterator>

#include "base/arena.h"
#include "base/string_view.h"
#include "io/input_files.h"
#include "io/line_chunks.h"
#include "io/record_parser.h"
#include "io/text_file.h"

namespace storyfold {
namespace {

constexpr size_t kChunksInFlight = 8;
static_assert(kLinePadding >= RecordParser::kPadding);

struct ParsedLine {
  size_t line = 0;  // from 1, in the file
  absl::StatusOr<ParsedRecord> record;
};

struct ParsedChunk {
  std::vector<ParsedLine> lines;
  Arena arena;
  size_t bytes = 0;
  size_t packed_offset = 0;
  size_t end_line = 0;  // the line the chunk ends before
  absl::Status status;  // of the file
};

std::string Describe(const absl::Status& status) {
  return std::string(FromAbsl(status.message()));
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

ParsedChunk ParseChunk(const LineChunk& chunk, RecordParser& parser) {
  ParsedChunk parsed;
  parsed.bytes = chunk.size;
  parsed.status = chunk.status;
  parsed.end_line = chunk.first_line + chunk.num_lines;
  std::string_view rest = chunk.Lines();
  if (chunk.first_line == 1 && rest.starts_with("\xEF\xBB\xBF")) {
    rest.remove_prefix(3);
  }
  for (size_t number = chunk.first_line; !rest.empty(); ++number) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (IsBlank(line)) continue;
    parsed.lines.push_back({number, parser.Parse(line, parsed.arena)});
  }
  return parsed;
}

// Puts the crawl together, in input order.
class CrawlBuilder {
 public:
  CrawlBuilder(const ReadOptions& options, const ReadListener& on_progress)
      : options_(options), on_progress_(on_progress) {}

  void Reject(Rejection rejection) {
    if (options_.strict && failure_.ok()) {
      failure_ = absl::InvalidArgumentError(rejection.Message());
    }
    crawl_.rejected.push_back(std::move(rejection));
  }

  // Adds one record; the storage its views point at is handed over by Keep,
  // and `file` outlives the builder.
  void Add(const InputFile& file, size_t line,
           absl::StatusOr<ParsedRecord>& record) {
    if (!record.ok()) {
      Reject({file.path, line, Describe(record.status())});
      return;
    }
    Article& article = record->article;
    const bool is_our_id = article.id.empty() || line == 0;
    if (article.id.empty()) {
      article.id = own_.Copy(absl::StrCat(file.name, ":", line));
    }
    if (is_our_id && places_.contains(article.id)) {
      // Two folders may hold files of one name.
      article.id = own_.Copy(Place{&file, line}.Name());
    }
    const auto id = static_cast<ArticleId>(crawl_.articles.size());
    const auto [first, is_new] = places_.try_emplace(article.id, id);
    if (!is_new) {
      Reject(
          {file.path, line,
           absl::StrCat("id \"", ToAbsl(article.id), "\" was used before, at ",
                        place_[first->second].Name())});
      return;
    }
    crawl_.articles.push_back(article);
    place_.push_back({&file, line});
    if (options_.keep_records) crawl_.records.push_back(record->record);
    crawl_.replaced_bytes += record->replaced_bytes;
    crawl_.unreadable_times += record->unreadable_time;
  }

  void Keep(Arena arena) { arenas_.push_back(std::move(arena)); }

  void CountFile() { ++crawl_.num_files; }
  void CountBytes(size_t bytes) { crawl_.num_bytes += bytes; }

  void Report(size_t bytes_done, size_t bytes_total) const {
    if (on_progress_) {
      on_progress_({bytes_done, bytes_total, crawl_.articles.size()});
    }
  }

  const absl::Status& failure() const { return failure_; }

  // Where strings may be kept that come from no chunk.
  Arena& arena() { return own_; }

  Crawl Finish() {
    arenas_.push_back(std::move(own_));
    crawl_.storage =
        std::make_shared<const std::vector<Arena>>(std::move(arenas_));
    return std::move(crawl_);
  }

 private:
  struct Place {
    const InputFile* file = nullptr;
    size_t line = 0;

    std::string Name() const {
      return line == 0 ? file->path : absl::StrCat(file->path, ":", line);
    }
  };

  const ReadOptions& options_;
  const ReadListener& on_progress_;
  Crawl crawl_;
  Arena own_;
  std::vector<Arena> arenas_;
  absl::flat_hash_map<std::string_view, ArticleId> places_;
  std::vector<Place> place_;  // of each article
  absl::Status failure_;
};

// Calls the three steps on one file of JSON lines.
void ReadJsonLines(const InputFile& file, LineChunker& chunker,
                   tbb::enumerable_thread_specific<RecordParser>& parsers,
                   size_t bytes_before, size_t bytes_total,
                   CrawlBuilder& builder) {
  const auto read = [&](tbb::flow_control& control) {
    auto chunk = std::make_shared<LineChunk>(chunker.Next());
    if (chunk->size == 0 && chunk->status.ok()) control.stop();
    return std::pair(std::move(chunk), chunker.PackedOffset());
  };
  const auto parse = [&](std::pair<std::shared_ptr<LineChunk>, size_t> input) {
    auto parsed = std::make_shared<ParsedChunk>(
        ParseChunk(*input.first, parsers.local()));
    parsed->packed_offset = input.second;
    return parsed;
  };
  const auto append = [&](const std::shared_ptr<ParsedChunk>& parsed) {
    if (!builder.failure().ok()) return;
    for (ParsedLine& line : parsed->lines) {
      builder.Add(file, line.line, line.record);
    }
    if (!parsed->status.ok()) {
      builder.Reject({file.path, parsed->end_line, Describe(parsed->status)});
    }
    builder.Keep(std::move(parsed->arena));
    builder.CountBytes(parsed->bytes);
    builder.Report(bytes_before + parsed->packed_offset, bytes_total);
  };
  using Input = std::pair<std::shared_ptr<LineChunk>, size_t>;
  using Parsed = std::shared_ptr<ParsedChunk>;
  tbb::parallel_pipeline(
      kChunksInFlight,
      tbb::make_filter<void, Input>(tbb::filter_mode::serial_in_order, read) &
          tbb::make_filter<Input, Parsed>(tbb::filter_mode::parallel, parse) &
          tbb::make_filter<Parsed, void>(tbb::filter_mode::serial_in_order,
                                         append));
}

void ReadText(const InputFile& file, size_t bytes_before, size_t bytes_total,
              CrawlBuilder& builder) {
  auto record = ReadTextFile(file, builder.arena());
  if (record.ok()) builder.CountBytes(record->article.text.size());
  builder.Add(file, 0, record);
  builder.Report(bytes_before + file.bytes, bytes_total);
}

}  // namespace

std::string Rejection::Message() const {
  if (line == 0) return file + ": " + reason;
  return file + ":" + std::to_string(line) + ": " + reason;
}

absl::StatusOr<Crawl> ReadCrawl(std::span<const std::string> inputs,
                                const ReadOptions& options,
                                const ReadListener& on_progress) {
  InputFiles files = ListInputFiles(inputs);
  CrawlBuilder builder(options, on_progress);
  for (Rejection& rejection : files.rejected) {
    builder.Reject(std::move(rejection));
  }
  size_t bytes_total = 0;
  for (const InputFile& file : files.files) bytes_total += file.bytes;

  const FieldTable fields(options.fields);
  tbb::enumerable_thread_specific<RecordParser> parsers(
      [&] { return RecordParser(fields, options.keep_records); });
  size_t bytes_before = 0;
  for (const InputFile& file : files.files) {
    if (!builder.failure().ok()) break;
    if (file.format == InputFormat::kText) {
      ReadText(file, bytes_before, bytes_total, builder);
    } else {
      auto stream = OpenByteStream(file.path);
      if (stream.ok()) {
        LineChunker chunker(std::move(*stream));
        ReadJsonLines(file, chunker, parsers, bytes_before, bytes_total,
                      builder);
      } else {
        builder.Reject({file.path, 0, Describe(stream.status())});
      }
    }
    builder.CountFile();
    bytes_before += file.bytes;
  }
  if (!builder.failure().ok()) return builder.failure();
  return builder.Finish();
}

}  // namespace storyfold
