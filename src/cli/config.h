#pragma once

#include <absl/status/statusor.h>

#include <optional>
#include <string>
#include <vector>

#include "io/fingerprint_records.h"
#include "storyfold/crawl.h"
#include "storyfold/fingerprint.h"
#include "storyfold/pipeline.h"
#include "storyfold/state.h"

namespace storyfold {

enum class Command {
  kRun,
  kDedup,
  kPairs,
  kClusters,
  kBoilerplate,
  kStories,
  kExplain,
  kFingerprint,
  kBackground,
  kEval,
  kUpdate,
  kState,
  kPin,
  kReport,
};

// What `storyfold state` does.
enum class StateCommand {
  kInfo,
  kVerify,
  kExpire,
  kCompact,
  kExport,
  kPin,
  kUnpin,
};

// What the commands about a state say.
struct StateConfig {
  StateCommand command = StateCommand::kInfo;
  std::string folder;
  bool dry_run = false;               // update
  std::optional<int64_t> now;         // update: what time it is
  StateSettings settings;             // update: as given, without the words
  std::string metrics_file;           // update
  std::string exported = "articles";  // export: or stories, changes
  double older_than_days = 0;         // expire
  bool purge = false;                 // expire
  bool same = false;                  // pin
  std::string story;                  // pin and unpin: a headline
  std::string headline;
};

enum class LogFormat { kText, kJson };

// Everything the command line says, checked.
struct Config {
  Command command = Command::kRun;
  std::vector<std::string> inputs;
  std::string output_folder;          // run
  bool mark = false;                  // dedup: keep the copies, marked
  bool clean = false;                 // boilerplate: records without the lines
  bool no_stories = false;            // boilerplate: of lines alone
  bool source_report = false;         // boilerplate: what sources print
  std::string explain_line;           // boilerplate: why one line
  std::optional<double> min_jaccard;  // pairs: as given
  // pairs: by the distance of fingerprints
  std::optional<FingerprintPairOptions> fingerprint_pairs;
  FingerprintFields fingerprint_fields;  // fingerprint
  std::string article_a;                 // explain
  std::string article_b;
  std::string from;
  std::string gold_file;  // eval
  std::string predicted_file;
  std::string gold_field = "story";
  std::string predicted_field = "storyfold.story";
  bool json = false;  // eval: JSON in place of the table
  StateConfig state;  // update, state, pin, report

  size_t num_words = 10'000;  // background
  std::string words_file;     // word table; empty: the built-in one
  std::string vectors_file;   // dense vectors the user has; empty: none
  std::string model;          // folder of an embedding model, or "builtin"
  bool no_model = false;
  std::string vector_cache;  // empty: a file in the user's cache folder

  // Whether articles bring their vectors, so that no model is asked.
  bool HasVectors() const {
    return !vectors_file.empty() || !read.fields.vector.empty();
  }

  ReadOptions read;
  PipelineOptions pipeline;
  size_t threads = 0;       // 0: one for each CPU
  bool low_memory = false;  // as read.texts says
  bool quiet = false;
  LogFormat log = LogFormat::kText;

  std::string command_line;  // as typed
  std::string settings;      // the options in the form --config reads
};

// What to do with a command line.
struct ParsedCommandLine {
  // The process ends with this code and text instead of running a command:
  // help, --version, --print-config, or a usage error (code 2, to stderr).
  bool exits = false;
  int exit_code = 0;
  std::string text;

  Config config;
};

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv);

// Returns a Config with the options that `settings`, the Config::settings of
// an earlier command, names; those of single commands are left out.
absl::StatusOr<Config> ParseSettings(const std::string& settings);

}  // namespace storyfold
