#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <vector>

#include "cli/config.h"
#include "cli/log.h"
#include "io/output_file.h"
#include "storyfold/crawl.h"

namespace storyfold {

// Reads the inputs of a command, showing progress and what was passed over; the
// visitor, if any, sees every article. Errors: as ReadCrawl.
absl::StatusOr<Crawl> ReadWhatIsThere(const Config& config, bool keep_records,
                                      Log& log,
                                      ArticleVisitor* visitor = nullptr);

// Returns an error where nothing at all could be read although something was
// there, or no article has a title or a text, which those with vectors of their
// own need not.
absl::Status CheckSomeRead(const Config& config, const Crawl& crawl);

// Does both.
absl::StatusOr<Crawl> ReadInputs(const Config& config, bool keep_records,
                                 Log& log, ArticleVisitor* visitor = nullptr);

// Returns the words of a file that `storyfold background` wrote.
// Errors: the file and what is wrong with it.
absl::StatusOr<std::vector<WordShare>> ReadWords(const std::string& file);

// Returns the options of the pipeline with the word table that --words names.
// Errors: the file and what is wrong with it.
absl::StatusOr<PipelineOptions> LoadPipelineOptions(const Config& config);

// Opens the model that is to make dense vectors, if any, with its cache.
// Errors: what is wrong with it, and how to go without.
absl::Status OpenModel(const Config& config, Log& log,
                       PipelineOptions& options);

// The same for a state that goes by the model `of_state`
// (StateSettings::model), or by none, unless the command line says what it is
// to go by from now on.
absl::Status OpenModelOfState(const Config& config, const std::string& of_state,
                              Log& log, PipelineOptions& options);

// Returns a listener that shows the stages over so many articles on `log`,
// which must outlive it, and gives back between them what memory is free.
StageListener ShowStages(Log& log, size_t num_articles);

// Says where the dense vectors came from, if there are any.
void NoteVectors(const VectorReport& report, Log& log);

// Gives the articles the vectors that --vectors names, which live as long as
// the crawl. Errors: the file and what is wrong with it; ids that are of no
// article.
absl::Status AttachVectors(const Config& config, Log& log, Crawl& crawl);

// Returns an error where an input file, or the rest of one, could not be read:
// what was read is done, but it was not all.
absl::Status CheckAllRead(const Crawl& crawl);

// Closes the output of a command. Errors: what could not be written, an input
// that was changed while it was read, and as CheckAllRead.
absl::Status Finish(const Crawl& crawl, OutputFile& out);

}  // namespace storyfold
