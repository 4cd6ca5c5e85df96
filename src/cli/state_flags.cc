// The options of the commands about a state, a function a command.

#include "cli/state_flags.h"

#include <CLI/CLI.hpp>

#include <string>

#include "io/times.h"
#include "state/night_clock.h"

namespace storyfold {
namespace {

// Returns the days of "30d" or "30".
double ParseDays(const std::string& text) {
  size_t end = 0;
  double days = -1;
  try {
    days = std::stod(text, &end);
  } catch (const std::exception&) {
    end = 0;
  }
  const std::string unit = text.substr(end);
  if (end == 0 || !(days >= 0 && days <= 1e6) ||
      (!unit.empty() && unit != "d")) {
    throw CLI::ValidationError(
        "--older-than", "\"" + text + "\" is no number of days, like 30d");
  }
  return days;
}

int64_t ParseNow(const std::string& text) {
  const auto time = ParseTime(text);
  if (time && *time >= kFirstCredible && *time <= kLastCredible) return *time;
  throw CLI::ValidationError(
      "--now",
      "\"" + text + "\" is no time from 1990 on, like 2031-03-04T03:30:00Z");
}

CLI::App* AddStateCommand(CLI::App& parent, Config& config, const char* name,
                          StateCommand which, const char* description) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->fallthrough();
  command->callback([&config, which] { config.state.command = which; });
  AddStateFolder(*command, config.state);
  return command;
}

void AddExpireOptions(CLI::App& command, StateConfig& config) {
  command
      .add_option_function<std::string>(
          "--older-than",
          [&config](const std::string& text) {
            config.older_than_days = ParseDays(text);
          },
          "days before the last night, like 30d")
      ->required()
      ->configurable(false);
  command.add_flag("--purge", config.purge,
                   "delete their records and stories too");
}

void AddExportOptions(CLI::App& command, StateConfig& config) {
  command.add_option("--format", "form of the lines")
      ->check(CLI::IsMember({"jsonl"}))
      ->default_str("jsonl");
  command.add_option("--what", config.exported, "articles, stories or changes")
      ->check(CLI::IsMember({"articles", "stories", "changes"}))
      ->capture_default_str();
}

void AddArticlePair(CLI::App& command, Config& config) {
  command.add_option("A", config.article_a, "id of an article")
      ->required()
      ->configurable(false);
  command.add_option("B", config.article_b, "id of another")
      ->required()
      ->configurable(false);
}

}  // namespace

void AddStateFolder(CLI::App& command, StateConfig& config) {
  command.add_option("STATE", config.folder, "folder of the state")
      ->required()
      ->configurable(false);
}

void AddExplainedPair(CLI::App& command, Config& config) {
  command
      .add_option("A", config.article_a,
                  "id of an article; of a story, where no B is given")
      ->required()
      ->configurable(false);
  command.add_option("B", config.article_b, "id of another article")
      ->configurable(false);
}

void AddUpdateOptions(CLI::App& command, StateConfig& config) {
  command
      .add_option("--state", config.folder,
                  "folder of the state; it is made where there is none")
      ->required()
      ->configurable(false);
  command.add_flag("--dry-run", config.dry_run,
                   "print what would change, and change nothing");
  command
      .add_option_function<std::string>(
          "--now",
          [&config](const std::string& text) { config.now = ParseNow(text); },
          "what time it is; for feeds that state no times, and where the clock "
          "of the state went wrong")
      ->option_text("TIME")
      ->configurable(false);
  command
      .add_option("--metrics", config.metrics_file,
                  "write counts and times in the text format of Prometheus")
      ->configurable(false);
}

void AddPinOptions(CLI::App& command, Config& config) {
  AddArticlePair(command, config);
  command.add_option("--state", config.state.folder, "folder of the state")
      ->required()
      ->configurable(false);
  CLI::Option_group* word = command.add_option_group("word");
  word->add_flag_callback(
      "--same", [&config] { config.state.same = true; },
      "they are the same story");
  word->add_flag_callback(
      "--different", [&config] { config.state.same = false; },
      "they are different stories");
  word->require_option(1);
}

void AddStateCommands(CLI::App& command, Config& config) {
  command.require_subcommand(1);
  AddStateCommand(command, config, "info", StateCommand::kInfo,
                  "Print how much is in it");
  AddStateCommand(command, config, "verify", StateCommand::kVerify,
                  "Read every byte; name files that are damaged");
  AddExpireOptions(
      *AddStateCommand(command, config, "expire", StateCommand::kExpire,
                       "Compare nothing with old articles any more"),
      config.state);
  AddStateCommand(command, config, "compact", StateCommand::kCompact,
                  "Write files anew where deleted articles take up room");
  AddExportOptions(
      *AddStateCommand(command, config, "export", StateCommand::kExport,
                       "Print what is in it"),
      config.state);
  CLI::App* pin = AddStateCommand(command, config, "pin", StateCommand::kPin,
                                  "Give a story a headline that stays");
  pin->add_option("STORY", config.state.story, "like s00000012")
      ->required()
      ->configurable(false);
  pin->add_option("--headline", config.state.headline, "the headline")
      ->required()
      ->configurable(false);
  CLI::App* unpin = AddStateCommand(
      command, config, "unpin", StateCommand::kUnpin,
      "Take back the headline of a story, or what was said of two articles");
  unpin->add_option("A", config.state.story, "a story, or id of an article")
      ->required()
      ->configurable(false);
  unpin->add_option("B", config.article_b, "id of another article")
      ->configurable(false);
}

}  // namespace storyfold
