#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

// The names of the fields of a record. An empty one stands for the usual
// names ("title", "headline", ...): the first of them that a record has.
struct FieldNames {
  std::string id;
  std::string title;
  std::string text;
  std::string url;
  std::string source;
  std::string time;
  std::string language;
  std::string vector;  // an array of numbers; empty: no vectors are read
};

// Where texts stay until a stage reads them.
//
// Plain files of 1 MiB or more are mapped while they are read, and for as long
// as texts or records are in them. Nobody may write to them meanwhile: what is
// read twice would differ, and reading beyond the new end of one that was cut
// short ends the process (SIGBUS). Replacing a file by another is fine.
enum class TextStorage : uint8_t {
  // In memory: best where they are read several times.
  kMemory,
  // Those of plain files in these, mapped, and unescaped when they are read;
  // the others in memory. Best where they are read once or twice.
  kPlainFiles,
  // In files, packed ones being unpacked into a temporary file first, and not
  // much of them in memory at a time. Text files (*.txt) and files of less than
  // 1 MiB stay in memory.
  kFiles,
};

struct ReadOptions {
  FieldNames fields;
  TextStorage texts = TextStorage::kMemory;

  // A folder that is passed over where it stands in a folder that is read: the
  // one that the results go into. Empty: none.
  std::string not_read;

  // The first rejected record or unreadable file ends the reading with an
  // error.
  bool strict = false;

  // An article without an id gets one that is the same wherever it stands: its
  // URL, or a hash of title and text; with "#2" and so on for further ones.
  // Otherwise its place, "file:line". REQUIRES: texts in memory
  bool ids_by_content = false;

  // A field that was named for anything but id, title and text may be in no
  // record, as in a small night: Crawl::missing_field tells, instead of an
  // error.
  bool may_lack_fields = false;

  // Keeps the bytes of every record, for Crawl::Record; those of packed files
  // in memory unless `texts` is kFiles.
  bool keep_records = true;
};

struct CrawlStorage;

// Something that was passed over.
struct Rejection {
  std::string file;    // "-" for standard input
  size_t line = 0;     // from 1; 0 where the whole file is meant
  std::string reason;  // lower case, no full stop

  // Whether it is a file, or the rest of one, that could not be read: neither a
  // record that is wrong, nor a file of a folder that was not tried.
  bool unread = false;

  // Returns "feed.jsonl:17: text is not a string".
  std::string Message() const;
};

// What was read, and what was not.
struct Crawl {
  // Views of the articles point into memory owned by the crawl.
  std::vector<Article> articles;
  std::vector<std::string_view> records;  // see Record; empty without
                                          // keep_records
  // After SortArticles the articles as they stood in the input; empty before.
  std::vector<ArticleId> input_order;
  // In input order, but paths that name no readable format or no file first.
  std::vector<Rejection> rejected;

  size_t num_files = 0;
  size_t num_bytes = 0;           // unpacked
  size_t replaced_bytes = 0;      // invalid UTF-8 sequences replaced by U+FFFD
  size_t unreadable_times = 0;    // articles that go on without their time
  std::string unreadable_time;    // the first that is a string or a number
  size_t unreadable_vectors = 0;  // and without their vector
  size_t empty_articles = 0;      // articles with neither title nor text

  // A field that was named and that no record has; see may_lack_fields.
  std::string missing_field;

  size_t NumRecords() const { return articles.size() + rejected.size(); }

  // Returns how many of `rejected` are files that could not be read.
  size_t NumUnread() const;

  // Returns the JSON object of an article as it was read.
  // REQUIRES: ReadOptions::keep_records
  std::string_view Record(ArticleId article) const;

  // Returns an error where a file that texts or records are in was written to
  // since: they may not be what was read. To be called when all is done.
  absl::Status CheckUnchanged() const;

  std::shared_ptr<const CrawlStorage> storage;  // owns what the views point at
};

struct ReadProgress {
  size_t bytes_done = 0;   // of the files as they are, packed or not
  size_t bytes_total = 0;  // 0 when unknown
  size_t articles = 0;
};

// Called now and then, one call at a time, on any thread.
using ReadListener = std::function<void(const ReadProgress&)>;

// Computes something from every article while it is read: its text is then in
// the cache of the core that parsed it.
class ArticleVisitor {
 public:
  // What is computed of one article.
  struct Result {
    virtual ~Result() = default;
  };

  virtual ~ArticleVisitor() = default;

  // Called for every record that can be parsed, with its text in memory, on
  // any thread, several at a time. The views are good until it returns.
  virtual std::unique_ptr<Result> Visit(const Article& article) = 0;

  // Called with the results of the articles that were not rejected, in the
  // order of Crawl::articles, one at a time.
  virtual void Keep(std::unique_ptr<Result> result) = 0;
};

// Reads articles from files, folders and standard input ("-").
//
// A file holds JSON lines, plain, gzip or zstd, told by its first bytes; a
// file named *.txt is one article, whose title is its first line if that looks
// like one. A folder is read with all folders below it, in the order of the
// paths: *.txt, *.jsonl, *.ndjson, *.json, and these with .gz or .zst, in any
// case; folders in it that are results of `run`, or a state, are passed over.
//
// Articles keep the order of the input. An article without an id gets
// "file:line", or the path below the folder for a text file. Bad records and
// files are passed over and listed: wrong types, broken JSON, an id seen
// before, a truncated archive, a file that cannot be read.
//
// Errors: with options.strict, the first rejection (InvalidArgument); a name in
// options.fields that is that of no field in any record, though there are
// records (InvalidArgument); with TextStorage::kFiles, no room for unpacked
// files (ResourceExhausted).
// Memory: the texts and the records of packed files, as the options say, and 8
// chunks of 1 MiB (more where lines are longer). Plain files are mapped.
absl::StatusOr<Crawl> ReadCrawl(std::span<const std::string> inputs,
                                const ReadOptions& options,
                                const ReadListener& on_progress = {},
                                ArticleVisitor* visitor = nullptr);

// Puts the articles of a crawl, and their records, into an order that is not
// that of the input: by time, those without one last, then title, then id.
// Where a pass keeps the first of equals or reads only a part of a long list,
// what it finds depends on the order of the articles; from sorted ones it is
// the same in whatever order they came. O(n log n)
void SortArticles(Crawl& crawl);

// Returns the text of an article, wherever it stands. An empty one if its file
// was changed after it was read, so that no text stands there any more.
std::string ReadText(const Article& article);

}  // namespace storyfold
