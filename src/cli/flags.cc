// The command line, parsed into Config and checked. The flags themselves stand
// in common_flags.cc, command_flags.cc and state_flags.cc.
//
// Options that every command has are those of the program itself; CLI11 lets
// them stand behind the command too ("fall through"), and reads them from
// --config under their plain names.

#include <absl/strings/str_cat.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "base/string_view.h"
#include "cli/command_flags.h"
#include "cli/command_text.h"
#include "cli/common_flags.h"
#include "cli/config.h"
#include "storyfold/version.h"

namespace storyfold {
namespace {

constexpr int kUsageError = 2;

void SetPairOptions(Config& config) {
  DuplicateOptions& duplicates = config.pipeline.duplicates;
  if (!config.fingerprint_pairs) {
    duplicates.min_jaccard =
        config.min_jaccard.value_or(duplicates.min_jaccard);
    return;
  }
  config.fingerprint_pairs->min_jaccard = config.min_jaccard.value_or(0);
  config.fingerprint_pairs->max_bucket = duplicates.max_bucket;
}

// Fingerprints read a text once, pairs once or twice, the other commands
// several times.
void SetTextStorage(Config& config) {
  const bool reads_once = config.command == Command::kPairs ||
                          config.command == Command::kFingerprint;
  const bool low_memory =
      config.low_memory && config.command != Command::kUpdate;
  config.read.texts = low_memory   ? TextStorage::kFiles
                      : reads_once ? TextStorage::kPlainFiles
                                   : TextStorage::kMemory;
}

std::string JoinArguments(int argc, const char* const* argv) {
  std::string joined = "storyfold";
  for (int i = 1; i < argc; ++i) joined.append(" ").append(argv[i]);
  return joined;
}

ParsedCommandLine Exit(int code, std::string text) {
  ParsedCommandLine parsed;
  parsed.exits = true;
  parsed.exit_code = code;
  parsed.text = std::move(text);
  return parsed;
}

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// Help of a command: its own options, those all commands have, an example.
std::string HelpOf(const CLI::App& command, const std::string& common_help) {
  std::string help = command.help("storyfold");
  const std::string title = "Options:";
  const size_t begin = common_help.find(title);
  const size_t end = common_help.find("Subcommands:");
  const size_t example = help.rfind("Example:");
  if (begin < end && end != std::string::npos && example != std::string::npos) {
    help.insert(example, "Options of all commands:" +
                             common_help.substr(begin + title.size(),
                                                end - begin - title.size()));
  }
  return help;
}

// Takes over the settings of a state that were given; the others stay as the
// state has them. A file of --print-config names all options: there the usual
// values do not count.
void SetStateSettings(std::span<const char* const> arguments, Config& config) {
  const auto is_typed = [&](std::string_view flag) {
    return std::ranges::any_of(arguments, [&](std::string_view argument) {
      return argument.substr(0, argument.find('=')) == flag;
    });
  };
  const auto take = [&](const char* flag, const auto& value, const auto& usual,
                        auto& setting) {
    if (value != usual || is_typed(flag)) setting = value;
  };
  const PipelineOptions usual;
  const PipelineOptions& options = config.pipeline;
  StateSettings& settings = config.state.settings;
  take("--window", options.stories.window_days, usual.stories.window_days,
       settings.window_days);
  take("--granularity", options.stories.granularity, usual.stories.granularity,
       settings.granularity);
  take("--min-similarity", options.duplicates.min_cluster_similarity,
       usual.duplicates.min_cluster_similarity, settings.min_similarity);
  take("--max-bucket", options.duplicates.max_bucket,
       usual.duplicates.max_bucket, settings.max_bucket);
  take("--min-texts", options.boilerplate.min_texts,
       usual.boilerplate.min_texts, settings.min_texts);
}

// Returns what `update` cannot do; empty if it can do all that is asked.
std::string ConflictOfUpdate(const Config& config) {
  const std::pair<const char*, bool> refused[] = {
      {"--vectors", !config.vectors_file.empty()},
      {"--vector-field", !config.read.fields.vector.empty()},
      {"--learned", config.pipeline.boilerplate.learned}};
  for (const auto& [flag, is_given] : refused) {
    if (!is_given) continue;
    return absl::StrCat("update cannot use ", flag,
                        ": the nights of a state go by words, by vectors that "
                        "a --model makes, and by lines that repeat");
  }
  const auto& window_days = config.state.settings.window_days;
  return !window_days || *window_days > 0
             ? ""
             : "--window: the window of a state must be more than 0 days";
}

// Returns why the flags cannot be given together; empty if they can.
std::string ConflictOf(const Config& config) {
  if (config.command == Command::kUpdate) {
    std::string conflict = ConflictOfUpdate(config);
    if (!conflict.empty()) return conflict;
  }
  if (!config.model.empty() && (config.no_model || config.HasVectors())) {
    return "--model cannot be given together with --no-model, --vectors or "
           "--vector-field";
  }
  if (!config.vectors_file.empty() && !config.read.fields.vector.empty()) {
    return "--vectors and --vector-field cannot be given together";
  }
  if (config.pipeline.boilerplate.learned &&
      (!config.explain_line.empty() || config.source_report)) {
    return "--learned cannot be given together with --explain or "
           "--source-report: they tell what lines repeat";
  }
  return "";
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv) {
  ParsedCommandLine parsed;
  Config& config = parsed.config;
  CLI::App app("Finds copies, boilerplate and stories in crawled news.",
               "storyfold");
  app.set_version_flag("--version", std::string("storyfold ") + kVersion);
  app.set_config("--config", "", "read options from a TOML or INI file");
  app.allow_config_extras(false);  // a misspelt name is an error
  bool print_config = false;
  app.add_flag("--print-config", print_config,
               "print the options in the form --config reads, and exit")
      ->configurable(false);
  AddCommonOptions(app, config);
  AddPipelineOptions(app, config);
  app.require_subcommand(1);
  app.footer("Each command explains itself: storyfold run -h");
  for (const CommandText& text : CommandTexts()) {
    CLI::App* command = app.add_subcommand(text.name, text.description);
    command->fallthrough();
    command->footer(std::string("Example:\n") + text.example);
    command->callback(
        [&config, which = text.command] { config.command = which; });
    AddOwnOptions(text.command, *command, config);
  }

  const std::string common_help = app.help();
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    return Exit(0,
                chosen.empty() ? common_help : HelpOf(*chosen[0], common_help));
  } catch (const CLI::CallForVersion& e) {
    return Exit(0, std::string(e.what()) + "\n");
  } catch (const CLI::ParseError& e) {
    return Exit(kUsageError, FirstLine(e.what()));
  }
  SetStateSettings({argv, static_cast<size_t>(argc)}, config);
  const std::string conflict = ConflictOf(config);
  if (!conflict.empty()) return Exit(kUsageError, conflict);
  SetPairOptions(config);
  SetTextStorage(config);
  config.command_line = JoinArguments(argc, argv);
  config.settings = app.config_to_str(true, false);
  if (print_config) return Exit(0, config.settings);
  for (const absl::Status& valid :
       {Validate(config.pipeline), Validate(config.fingerprint_pairs.value_or(
                                       FingerprintPairOptions()))}) {
    if (!valid.ok()) {
      return Exit(kUsageError, std::string(FromAbsl(valid.message())));
    }
  }
  return parsed;
}

absl::StatusOr<Config> ParseSettings(const std::string& settings) {
  Config config;
  CLI::App app;
  app.allow_config_extras(true);
  app.set_config("--config");
  AddCommonOptions(app, config);
  AddPipelineOptions(app, config);
  try {
    std::istringstream stream(settings);
    app.parse_from_stream(stream);
  } catch (const CLI::ParseError& e) {
    return absl::InvalidArgumentError(
        absl::StrCat("settings of the earlier run: ", FirstLine(e.what())));
  }
  return config;
}

}  // namespace storyfold
