// What commands have in common: reading the inputs and telling what was passed
// over, the word table, the model, the end.
//
// A state goes by one model for good (state/settings.cc), so its commands ask
// for that, and not for whichever is installed, unless they are told otherwise.
//
// Tested by: tests/cli/bad_input_test.cc, tests/cli/incomplete_input_test.cc,
// tests/cli/model_test.cc

#include "cli/session.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "base/counted.h"
#include "base/free_memory.h"
#include "base/hash.h"
#include "base/string_view.h"
#include "embedding/builtin_embedder.h"
#include "embedding/places.h"
#include "embedding/vector_cache.h"
#include "io/text_file.h"
#include "io/vector_file.h"
#include "state/settings.h"
#include "storyfold/embedding.h"
#include "text/printable.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

// Returns the file that the vectors of a model are kept in.
std::string CacheFile(const Config& config, const EmbedderInfo& info) {
  if (!config.vector_cache.empty()) return config.vector_cache;
  const std::string folder = CacheFolder();
  if (folder.empty()) return "";
  std::error_code error;  // shows when the file is opened
  std::filesystem::create_directories(folder, error);
  const uint64_t key = HashBytes(
      absl::StrCat(info.name, "\n", info.version, "\n", info.fingerprint));
  return absl::StrCat(folder, "/vectors-", absl::Hex(key));
}

absl::StatusOr<std::shared_ptr<Embedder>> OpenEmbedder(
    const std::string& model) {
  if (model == "builtin") return MakeBuiltinEmbedder();
  auto embedder = OpenModelFolder(model);
  if (embedder.ok()) return embedder;
  return absl::Status(
      embedder.status().code(),
      absl::StrCat(embedder.status().message(), " (--no-model goes without)"));
}

// Returns what a note says of the first text that it is about, if any.
std::string Example(std::string_view text) {
  constexpr size_t kMostCharacters = 40;
  if (text.empty()) return "";
  return absl::StrCat(" (the first: \"", PrintableStart(text, kMostCharacters),
                      "\")");
}

}  // namespace

absl::StatusOr<Crawl> ReadWhatIsThere(const Config& config, bool keep_records,
                                      Log& log, ArticleVisitor* visitor) {
  ReadOptions options = config.read;
  options.keep_records = keep_records;
  auto crawl = ReadCrawl(
      config.inputs, options,
      [&](const ReadProgress& progress) { log.ReadProgressed(progress); },
      visitor);
  log.EndProgress();
  if (!crawl.ok()) return crawl;
  log.Rejected(*crawl);
  if (!crawl->missing_field.empty()) {
    log.Note(
        absl::StrCat("no record has a field \"", crawl->missing_field, "\""));
  }
  if (crawl->replaced_bytes > 0) {
    log.Note(Counted(crawl->replaced_bytes,
                     "invalid UTF-8 sequence was replaced",
                     "invalid UTF-8 sequences were replaced"));
  }
  if (crawl->unreadable_times > 0) {
    log.Note(absl::StrCat(Counted(crawl->unreadable_times,
                                  "article has a time that cannot be read",
                                  "articles have a time that cannot be read"),
                          Example(crawl->unreadable_time)));
  }
  if (crawl->unreadable_vectors > 0) {
    log.Note(Counted(crawl->unreadable_vectors,
                     "article has a vector that cannot be read",
                     "articles have a vector that cannot be read"));
  }
  if (crawl->empty_articles > 0) {
    log.Note(Counted(crawl->empty_articles,
                     "article has neither title nor text",
                     "articles have neither title nor text"));
  }
  return crawl;
}

absl::Status CheckSomeRead(const Config& config, const Crawl& crawl) {
  if (crawl.empty_articles > 0 && !config.HasVectors() &&
      crawl.empty_articles == crawl.articles.size()) {
    return absl::InvalidArgumentError(
        "no article has a title or a text; --title-field and --text-field name "
        "the fields they are in");
  }
  if (!crawl.articles.empty() || crawl.rejected.empty()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("no article could be read; the first reason: ",
                   crawl.rejected[0].Message()));
}

absl::StatusOr<Crawl> ReadInputs(const Config& config, bool keep_records,
                                 Log& log, ArticleVisitor* visitor) {
  auto crawl = ReadWhatIsThere(config, keep_records, log, visitor);
  if (!crawl.ok()) return crawl;
  const absl::Status some_read = CheckSomeRead(config, *crawl);
  if (!some_read.ok()) return some_read;
  return crawl;
}

absl::StatusOr<std::vector<WordShare>> ReadWords(const std::string& file) {
  auto text = ReadWholeFile(file);
  if (!text.ok()) {
    return absl::NotFoundError(
        absl::StrCat(file, ": ", text.status().message()));
  }
  ReplaceInvalidUtf8(*text);
  auto words = ParseWords(*text);
  if (!words.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ":", words.status().message()));
  }
  return words;
}

absl::StatusOr<PipelineOptions> LoadPipelineOptions(const Config& config) {
  PipelineOptions options = config.pipeline;
  if (config.words_file.empty()) return options;
  const auto words = ReadWords(config.words_file);
  if (!words.ok()) return words.status();
  options.stories.words = std::make_shared<const WordTable>(*words);
  return options;
}

absl::Status OpenModel(const Config& config, Log& log,
                       PipelineOptions& options) {
  if (config.no_model || config.HasVectors()) return absl::OkStatus();
  const std::string model =
      config.model.empty() ? InstalledModelFolder() : config.model;
  if (model.empty()) return absl::OkStatus();
  const auto embedder = OpenEmbedder(model);
  if (!embedder.ok()) return embedder.status();
  options.embedder = *embedder;
  const std::string file = CacheFile(config, options.embedder->info());
  const bool is_slow = model != "builtin";
  if (file.empty() || !is_slow) return absl::OkStatus();
  const auto cache = std::make_shared<VectorCache>(options.embedder, file);
  if (!cache->problem().empty()) log.Note(cache->problem());
  options.embedder = cache;
  return absl::OkStatus();
}

absl::Status OpenModelOfState(const Config& config, const std::string& of_state,
                              Log& log, PipelineOptions& options) {
  Config choice = config;
  if (config.model.empty() && !config.no_model) {
    if (of_state.empty()) return absl::OkStatus();
    const auto builtin = MakeBuiltinEmbedder();
    if (of_state == ModelName(builtin.get())) choice.model = "builtin";
  }
  return OpenModel(choice, log, options);
}

StageListener ShowStages(Log& log, size_t num_articles) {
  return [&log, num_articles](Stage stage) {
    ReturnFreeMemory();
    log.StageBegan(stage, num_articles);
  };
}

void NoteVectors(const VectorReport& report, Log& log) {
  if (!report.problem.empty()) log.Note("vectors: " + report.problem);
  if (report.source.empty()) return;
  log.Note(absl::StrCat("dense vectors of ",
                        Counted(report.articles, "article"), ": ",
                        report.source));
}

absl::Status AttachVectors(const Config& config, Log& log, Crawl& crawl) {
  if (config.vectors_file.empty()) return absl::OkStatus();
  auto read = VectorFile::Read(config.vectors_file);
  if (!read.ok()) return read.status();
  struct Owner {
    VectorFile file;
    std::shared_ptr<const CrawlStorage> storage;
  };
  const auto owner =
      std::make_shared<const Owner>(Owner{*std::move(read), crawl.storage});
  crawl.storage = {owner, owner->storage.get()};
  const size_t given = owner->file.GiveTo(crawl.articles);
  if (given == 0 && !crawl.articles.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        config.vectors_file, ": none of its ids is that of an article"));
  }
  if (given < crawl.articles.size()) {
    log.Note(absl::StrCat("no vector for ", crawl.articles.size() - given,
                          " of ", Counted(crawl.articles.size(), "article"),
                          " in ", config.vectors_file));
  }
  return absl::OkStatus();
}

absl::Status CheckAllRead(const Crawl& crawl) {
  const auto first =
      std::ranges::find(crawl.rejected, true, &Rejection::unread);
  if (first == crawl.rejected.end()) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      Counted(crawl.NumUnread(), "input was", "inputs were"),
      " not read to the end, the rest is done; the first: ", first->Message()));
}

absl::Status Finish(const Crawl& crawl, OutputFile& out) {
  const absl::Status closed = out.Close();
  if (!closed.ok()) return closed;
  const absl::Status unchanged = crawl.CheckUnchanged();
  return unchanged.ok() ? CheckAllRead(crawl) : unchanged;
}

}  // namespace storyfold
