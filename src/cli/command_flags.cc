// The options of each command alone, a function a command. Files and folders
// are not configurable: a file for --config is for many runs.

#include "cli/command_flags.h"

#include <absl/strings/str_split.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "cli/state_flags.h"

namespace storyfold {
namespace {

constexpr const char* kInputHelp =
    "files of JSON lines (plain, .gz, .zst), text files, folders, or - for "
    "standard input";

void ParseKeep(const std::string& value, DuplicateOptions& options) {
  static const std::map<std::string, KeepRule> kRules = {
      {"central", KeepRule::kCentral},
      {"longest", KeepRule::kLongest},
      {"earliest", KeepRule::kEarliest},
      {"first", KeepRule::kFirst}};
  static const std::string kSourceOrder = "source-order:";
  options.keep_sources.clear();
  if (const auto rule = kRules.find(value); rule != kRules.end()) {
    options.keep = rule->second;
    return;
  }
  if (value.starts_with(kSourceOrder)) {
    options.keep = KeepRule::kSourceOrder;
    options.keep_sources =
        absl::StrSplit(value.substr(kSourceOrder.size()), ',');
    const bool any_empty =
        std::ranges::count(options.keep_sources, std::string()) > 0;
    if (!any_empty) return;
  }
  throw CLI::ValidationError("--keep",
                             "\"" + value +
                                 "\" is none of central, longest, earliest, "
                                 "first, source-order:A,B,C");
}

void AddInputs(CLI::App& command, Config& config) {
  command.add_option("INPUT", config.inputs, kInputHelp)
      ->required()
      ->configurable(false);
}

// Whether --min-jaccard was given must be known: with --simhash there is no
// least similarity otherwise.
void AddPairOptions(CLI::App& command, Config& config) {
  AddInputs(command, config);
  command.add_option_function<double>(
      "--min-jaccard", [&config](double least) { config.min_jaccard = least; },
      "least Jaccard similarity of word 5-grams, 0.3 to 1, 0.5 if not given; "
      "of pairs at 0.4 seven of ten are found, at 0.3 one of three. With "
      "--simhash 0 to 1, 0 if not given");
  command
      .add_option_function<uint32_t>(
          "--simhash",
          [&config](uint32_t bits) {
            config.fingerprint_pairs.emplace().max_distance = bits;
          },
          "pairs whose 64-bit fingerprints differ in at most K bits, 0 to 7, "
          "instead: nearly equal texts")
      ->option_text("K");
}

FingerprintFields ParseFingerprintFields(const std::string& list) {
  FingerprintFields fields = {false, false, false, false};
  const std::map<std::string, bool*> by_name = {
      {"words", &fields.words},
      {"simhash", &fields.simhash},
      {"signature", &fields.signature},
      {"bands", &fields.bands}};
  const std::vector<std::string> names = absl::StrSplit(list, ',');
  for (const std::string& name : names) {
    const auto field = by_name.find(name);
    if (field == by_name.end()) {
      throw CLI::ValidationError("--fields",
                                 "\"" + name +
                                     "\" is none of words, simhash, "
                                     "signature, bands");
    }
    *field->second = true;
  }
  return fields;
}

void AddRunOptions(CLI::App& command, Config& config) {
  AddInputs(command, config);
  command
      .add_option("-o,--output", config.output_folder,
                  "folder the results are written into")
      ->required()
      ->configurable(false);
}

void AddDedupOptions(CLI::App& command, Config& config) {
  AddInputs(command, config);
  command.add_flag("--mark", config.mark,
                   "keep the copies and mark them instead");
  command
      .add_option_function<std::string>(
          "--keep",
          [&config](const std::string& value) {
            ParseKeep(value, config.pipeline.duplicates);
          },
          "which of the copies is kept: central (most like the others), "
          "longest, earliest, first (in the input), or source-order:A,B,C "
          "(of the first of these sources that has one)")
      ->default_str("central");
}

void AddBoilerplateOptions(CLI::App& command, Config& config) {
  AddInputs(command, config);
  command.add_flag("--clean", config.clean,
                   "print the records without their boilerplate lines");
  command.add_flag("--no-stories", config.no_stories,
                   "find no stories, which saves three fifths of the time: "
                   "paragraphs that a source tells in one story only go, too");
  command
      .add_flag("--source-report", config.source_report,
                "print what each source prints on many pages, how often "
                "and since when")
      ->excludes("--clean");
  command
      .add_option("--explain", config.explain_line,
                  "say why a line is, or is not, boilerplate: ID:NUMBER, "
                  "or the words of the line")
      ->option_text("LINE")
      ->configurable(false)
      ->excludes("--clean")
      ->excludes("--source-report");
}

void AddExplainOptions(CLI::App& command, Config& config) {
  AddExplainedPair(command, config);
  command
      .add_option("--from", config.from, "folder of an earlier run, or a state")
      ->required()
      ->configurable(false);
}

void AddBackgroundOptions(CLI::App& command, Config& config) {
  AddInputs(command, config);
  command
      .add_option("--num-words", config.num_words,
                  "print so many words, the most common ones")
      ->capture_default_str();
}

void AddFingerprintOptions(CLI::App& command, Config& config) {
  AddInputs(command, config);
  command
      .add_option_function<std::string>(
          "--fields",
          [&config](const std::string& list) {
            config.fingerprint_fields = ParseFingerprintFields(list);
          },
          "what to print beside the id: some of words, simhash, signature, "
          "bands, with commas between them")
      ->default_str("words,simhash,signature,bands");
}

void AddEvalOptions(CLI::App& command, Config& config) {
  command
      .add_option("--gold", config.gold_file, "JSON lines with the true labels")
      ->required()
      ->configurable(false);
  command
      .add_option("--pred", config.predicted_file,
                  "JSON lines with the labels to score")
      ->required()
      ->configurable(false);
  command
      .add_option("--gold-field", config.gold_field,
                  "where the true label stands; a.b is b inside of a")
      ->capture_default_str();
  command
      .add_option("--pred-field", config.predicted_field,
                  "where the label to score stands")
      ->capture_default_str();
  command.add_flag("--json", config.json, "one JSON object, no table");
}

void AddNightOptions(CLI::App& command, Config& config) {
  AddInputs(command, config);
  AddUpdateOptions(command, config.state);
}

void AddReportOptions(CLI::App& command, Config& config) {
  AddStateFolder(command, config.state);
}

struct OwnOptions {
  Command command;
  void (*add)(CLI::App&, Config&);
};

constexpr OwnOptions kOwnOptions[] = {
    {Command::kRun, AddRunOptions},
    {Command::kDedup, AddDedupOptions},
    {Command::kPairs, AddPairOptions},
    {Command::kClusters, AddInputs},
    {Command::kBoilerplate, AddBoilerplateOptions},
    {Command::kStories, AddInputs},
    {Command::kExplain, AddExplainOptions},
    {Command::kFingerprint, AddFingerprintOptions},
    {Command::kBackground, AddBackgroundOptions},
    {Command::kEval, AddEvalOptions},
    {Command::kUpdate, AddNightOptions},
    {Command::kState, AddStateCommands},
    {Command::kPin, AddPinOptions},
    {Command::kReport, AddReportOptions},
};

}  // namespace

void AddOwnOptions(Command which, CLI::App& command, Config& config) {
  const auto* const own =
      std::ranges::find(kOwnOptions, which, &OwnOptions::command);
  own->add(command, config);
}

}  // namespace storyfold
