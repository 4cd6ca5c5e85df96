// The command line, parsed into Config and checked. The flags themselves stand
// in common_flags.cc, command_flags.cc and state_flags.cc.
//
// Options that every command has are those of the program itself; CLI11 lets
// them stand behind the command too ("fall through"), and reads them from
// --config under their plain names.

#include <absl/strings/str_cat.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/string_view.h"
#include "cli/command_flags.h"
#include "cli/command_text.h"
#include "cli/common_flags.h"
#include "cli/config.h"
#include "cli/option_uses.h"
#include "cli/outputs.h"
#include "storyfold/version.h"

namespace storyfold {
namespace {

constexpr int kUsageError = 2;
constexpr const char* kPrintConfig = "--print-config";

using Arguments = std::span<const char* const>;  // the name of the tool first

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

std::string JoinArguments(Arguments arguments) {
  std::string joined = "storyfold";
  for (const char* argument : arguments.subspan(1)) {
    joined.append(" ").append(argument);
  }
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

// Help of a command: its own options, those of the program that it uses, an
// example.
std::string HelpOf(const CLI::App& command, CLI::App& app) {
  const absl::Span<const CommandText> texts = CommandTexts();
  const auto* const text = std::ranges::find_if(
      texts,
      [&](const CommandText& t) { return command.get_name() == t.name; });
  if (text->command == Command::kUpdate) DescribeKeptOptions(app);
  const CLI::App& described = app;
  const auto used = described.get_options([&](const CLI::Option* option) {
    return option != app.get_help_ptr() &&
           IsUsed(text->command, option->get_name());
  });
  std::string help = command.help("storyfold");
  const size_t example = std::min(help.rfind("Example:"), help.size());
  return help.insert(
      example,
      CLI::Formatter().make_group("Common options", false, used).substr(1) +
          "\n");
}

// Returns whether a flag stands on the command line itself.
bool IsTyped(Arguments arguments, std::string_view flag) {
  return std::ranges::any_of(arguments, [&](std::string_view argument) {
    return argument.substr(0, argument.find('=')) == flag;
  });
}

// Takes over the settings of a state that were given; the others stay as the
// state has them. A file of --print-config names all options: there the usual
// values do not count.
void SetStateSettings(Arguments arguments, Config& config) {
  const auto take = [&](const char* flag, const auto& value, const auto& usual,
                        auto& setting) {
    if (value != usual || IsTyped(arguments, flag)) setting = value;
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
std::string ConflictOfUpdate(Arguments arguments, const Config& config) {
  for (const char* flag : {"--vectors", "--vector-field", "--learned"}) {
    if (!IsTyped(arguments, flag)) continue;
    return absl::StrCat("update cannot use ", flag,
                        ": the nights of a state go by words, by vectors that "
                        "a --model makes, and by lines that repeat");
  }
  const auto& window_days = config.state.settings.window_days;
  return !window_days || *window_days > 0
             ? ""
             : "--window: the window of a state must be more than 0 days";
}

// Forgets what a file of options says for other commands.
void DropUnused(Config& config) {
  if (!IsUsed(config.command, "--vectors")) config.vectors_file.clear();
  if (!IsUsed(config.command, "--vector-field")) {
    config.read.fields.vector.clear();
  }
}

// Returns why the flags cannot be given together; empty if they can.
std::string ConflictOf(Arguments arguments, const Config& config) {
  if (config.command == Command::kUpdate) {
    std::string conflict = ConflictOfUpdate(arguments, config);
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

// The options that are about the command line itself.
void AddProgramOptions(CLI::App& app) {
  app.set_version_flag("--version", std::string("storyfold ") + kVersion);
  app.set_config("--config", "", "read options from a TOML or INI file");
  app.allow_config_extras(false);  // a misspelt name is an error
  app.add_flag(std::string(kPrintConfig))
      ->description("print the options in the form --config reads, and exit")
      ->configurable(false);
}

// Returns why an option that was typed has no effect; empty if all have one.
std::string UnusedOption(Arguments arguments, const CLI::App& app,
                         Command which) {
  const CLI::App* command = app.get_subcommands().front();
  for (const CLI::Option* option : app.get_options()) {
    const std::string flag = option->get_name();
    if (IsUsed(which, flag) || !IsTyped(arguments, flag)) continue;
    return absl::StrCat(command->get_name(), " does not use ", flag);
  }
  return "";
}

void AddCommands(CLI::App& app, Config& config) {
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
}

// Lets the command line be without what commands require: options can be
// printed without.
void DropRequirements(CLI::App& app) {
  app.require_subcommand(0);
  app.require_option(0);
  for (CLI::Option* option : app.get_options()) option->required(false);
  const auto all = [](const CLI::App* /*command*/) { return true; };
  for (CLI::App* command : app.get_subcommands(all)) DropRequirements(*command);
}

// Returns which value is empty, as a variable of the shell that is not set
// leaves it; empty if none is. A file for --config may have such values, they
// are those of options that were not given.
std::string EmptyValue(Arguments arguments) {
  for (size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument.empty()) {
      const std::string_view before = arguments[i - 1];
      return before.starts_with('-')
                 ? absl::StrCat("the value behind ", arguments[i - 1],
                                " is empty")
                 : absl::StrCat("argument ", i, " is empty");
    }
    // The parser would take the next argument for its value.
    const bool ends_with_sign = argument.find('=') == argument.size() - 1;
    if (argument.starts_with("--") && ends_with_sign) {
      return absl::StrCat("the value of ", arguments[i], " is empty");
    }
  }
  return "";
}

// Returns what a parser that failed says, or which command there is none of.
// Where something is missing, too, it is what was misspelt, most likely.
std::string UsageError(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> remaining = app.remaining(/*recurse=*/true);
  const bool is_command_missing =
      app.get_subcommands().empty() && !remaining.empty();
  if (is_command_missing && !remaining[0].starts_with('-')) {
    return absl::StrCat("there is no command \"", remaining[0],
                        "\": storyfold -h lists them");
  }
  const bool is_incomplete =
      dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  if (is_incomplete && !remaining.empty()) {
    const auto option = std::ranges::find_if(
        remaining, [](std::string_view word) { return word.starts_with('-'); });
    return absl::StrCat(
        "The following argument was not expected: ",
        option == remaining.end() ? remaining.front() : *option);
  }
  return FirstLine(error.what());
}

// Reads the command line. Returns how the process ends, if it ends here.
std::optional<ParsedCommandLine> Parse(CLI::App& app, Arguments arguments) {
  try {
    app.parse(static_cast<int>(arguments.size()), arguments.data());
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    return Exit(0, chosen.empty() ? app.help() : HelpOf(*chosen[0], app));
  } catch (const CLI::CallForVersion& e) {
    return Exit(0, std::string(e.what()) + "\n");
  } catch (const CLI::ParseError& e) {
    return Exit(kUsageError, UsageError(app, e));
  }
  return std::nullopt;
}

// Returns an error where the options of the passes have values they cannot
// have, or what is to be written stands where something is read.
absl::Status ValidateConfig(const Config& config) {
  const absl::Status valid = Validate(config.pipeline);
  if (!valid.ok()) return valid;
  if (config.fingerprint_pairs) {
    const absl::Status pairs = Validate(*config.fingerprint_pairs);
    if (!pairs.ok()) return pairs;
  }
  return CheckOutputs(config);
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv) {
  const Arguments arguments(argv, static_cast<size_t>(argc));
  ParsedCommandLine parsed;
  Config& config = parsed.config;
  CLI::App app("Finds copies, boilerplate and stories in crawled news.",
               "storyfold");
  AddProgramOptions(app);
  AddCommonOptions(app, config);
  AddPipelineOptions(app, config);
  AddCommands(app, config);
  const bool print_config = IsTyped(arguments, kPrintConfig);
  if (print_config) DropRequirements(app);
  const std::string empty = EmptyValue(arguments);
  if (!empty.empty()) return Exit(kUsageError, empty);
  if (const auto end = Parse(app, arguments)) return *end;

  SetStateSettings(arguments, config);
  DropUnused(config);
  const std::string conflict = ConflictOf(arguments, config);
  if (!conflict.empty()) return Exit(kUsageError, conflict);
  SetPairOptions(config);
  SetTextStorage(config);
  config.command_line = JoinArguments(arguments);
  config.settings = app.config_to_str(true, false);
  if (print_config) return Exit(0, config.settings);
  const std::string unused = UnusedOption(arguments, app, config.command);
  if (!unused.empty()) return Exit(kUsageError, unused);
  const absl::Status valid = ValidateConfig(config);
  if (!valid.ok()) {
    return Exit(kUsageError, std::string(FromAbsl(valid.message())));
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
