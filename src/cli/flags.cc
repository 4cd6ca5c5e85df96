// The command line, parsed into Config and checked; nowhere else but in
// state_flags.cc, which has the flags of the commands over a state.
//
// Options that every command has are those of the program itself; CLI11 lets
// them stand behind the command too ("fall through"), and reads them from
// --config under their plain names.

#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

#include "base/string_view.h"
#include "cli/config.h"
#include "cli/state_flags.h"
#include "storyfold/version.h"

namespace storyfold {
namespace {

constexpr int kUsageError = 2;

constexpr const char* kInputHelp =
    "files of JSON lines (plain, .gz, .zst), text files, folders, or - for "
    "standard input";

struct CommandText {
  const char* name;
  Command command;
  const char* description;
  const char* example;
};

constexpr CommandText kCommands[] = {
    {"run", Command::kRun,
     "Find copies, boilerplate and stories; write them into a folder",
     "  storyfold run monday.jsonl tuesday.jsonl.zst -o out\n"
     "    out/articles.jsonl     the records, each with its cluster and story\n"
     "    out/stories.jsonl      one line a story, largest first\n"
     "    out/boilerplate.jsonl  lines that recur, with their class\n"
     "    out/rejected.jsonl     what was passed over, and why\n"
     "    out/summary.json       counts, times, memory, options"},
    {"dedup", Command::kDedup, "Print the records without their copies",
     "  storyfold dedup feed.jsonl > clean.jsonl\n"
     "  storyfold dedup --mark feed.jsonl | grep -c '\"duplicate_of\":\"'\n"
     "  storyfold dedup --keep "
     "source-order:meridianwire.example,gazette.example feed.jsonl"},
    {"pairs", Command::kPairs,
     "Print near-duplicate pairs: id, id, jaccard, containment",
     "  storyfold pairs --min-jaccard 0.7 feed.jsonl\n"
     "    mw-0001 <tab> qb-0001 <tab> 0.8783 <tab> 0.9650\n"
     "  storyfold pairs --simhash 5 feed.jsonl\n"
     "    mw-0029 <tab> hl-0022 <tab> 0.8545 <tab> 0.9252 <tab> 5\n"
     "  The fifth column counts the bits in which the fingerprints differ."},
    {"clusters", Command::kClusters,
     "Print near-duplicate clusters: id, representative, similarity",
     "  storyfold clusters feed.jsonl | cut -f2 | sort | uniq -c | sort -n"},
    {"boilerplate", Command::kBoilerplate,
     "Print lines that recur, or the records without them; say why",
     "  storyfold boilerplate feed.jsonl | jq -r 'select(.count > 9).text'\n"
     "  storyfold boilerplate --clean feed.jsonl > clean.jsonl\n"
     "  storyfold boilerplate --source-report feed.jsonl | jq .source\n"
     "  storyfold boilerplate --explain mw-0003:12 feed.jsonl\n"
     "  storyfold boilerplate --explain 'Read also:' feed.jsonl"},
    {"stories", Command::kStories, "Print one JSON line a story",
     "  storyfold stories feed.jsonl | jq -r '[.size, .headline] | @tsv'"},
    {"explain", Command::kExplain,
     "Say why two articles are, or are not, together",
     "  storyfold run feed.jsonl -o out\n"
     "  storyfold explain hl-0007 mw-0003 --from out"},
    {"fingerprint", Command::kFingerprint,
     "Print what another engine needs to find copies",
     "  storyfold fingerprint --fields simhash,bands feed.jsonl\n"
     "    {\"id\":\"mw-0001\",\"simhash\":\"5e31abe7a7731040\",\n"
     "     \"bands\":[-5110833520684470797,-9061137445555001839,...]}\n"
     "  Articles with an equal key in the same band are candidates; in SQL,\n"
     "  with one row for each of the 48 bands:\n"
     "    SELECT DISTINCT a.id, b.id FROM keys a JOIN keys b\n"
     "      ON a.band = b.band AND a.key = b.key AND a.id < b.id"},
    {"background", Command::kBackground,
     "Print how common words are in a crawl, for --words",
     "  storyfold background last-year/ > words.tsv\n"
     "  storyfold run monday.jsonl --words words.tsv -o out\n"
     "  The built-in table is English; a large crawl of your own outlets\n"
     "  makes headlines of other languages and subjects easier to tell apart."},
    {"eval", Command::kEval, "Score clusters against labels",
     "  storyfold eval --gold labels.jsonl --pred out/articles.jsonl\n"
     "  storyfold eval --gold labels.jsonl --pred out/articles.jsonl \\\n"
     "      --gold-field cluster --pred-field storyfold.cluster --json"},
    {"update", Command::kUpdate,
     "Add a crawl to a state, so that story ids last from night to night",
     "  storyfold update --state news crawl-2031-03-04.jsonl.zst\n"
     "  storyfold update --state news --dry-run crawl.jsonl\n"
     "  storyfold update --state news --metrics news.prom crawl.jsonl"},
    {"state", Command::kState, "Look at a state, check it, keep it small",
     "  storyfold state info news\n"
     "  storyfold state verify news\n"
     "  storyfold state export news --format jsonl > articles.jsonl\n"
     "  storyfold state export news --what stories > stories.jsonl\n"
     "  storyfold state expire news --older-than 90d --purge\n"
     "  storyfold state compact news\n"
     "  storyfold state pin news s00000012 --headline \"Ferry aground\""},
    {"pin", Command::kPin,
     "Say that two articles are, or are not, the same story, for good",
     "  storyfold pin mw-0003 hl-0004 --same --state news\n"
     "  storyfold state unpin news mw-0003 hl-0004"},
    {"report", Command::kReport, "Print what a state holds, for people",
     "  storyfold report news"},
};

void AddCommonOptions(CLI::App& app, Config& config) {
  app.add_option("--threads", config.threads,
                 "threads to use; 0 means one for each CPU")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  app.add_flag("--low-memory", config.low_memory,
               "leave texts in their files and read them again when they are "
               "needed; packed files and standard input are unpacked into "
               "$TMPDIR (else /tmp), text files and small ones stay in memory");
  app.add_flag("--strict", config.read.strict,
               "the first bad record or file is an error");
  app.add_flag("--quiet", config.quiet, "print nothing but results and errors");
  app.add_option_function<std::string>(
         "--log",
         [&config](const std::string& format) {
           config.log = format == "json" ? LogFormat::kJson : LogFormat::kText;
         },
         "progress and warnings as text or json")
      ->check(CLI::IsMember({"text", "json"}));
  FieldNames& fields = config.read.fields;
  const auto add_field = [&](const char* flag, std::string& name,
                             const char* usual) {
    app.add_option(flag, name, std::string("name of the field; else ") + usual);
  };
  add_field("--id-field", fields.id, "id, _id, uuid, guid ...");
  add_field("--title-field", fields.title, "title, headline");
  add_field("--text-field", fields.text, "text, body, content, maintext ...");
  add_field("--url-field", fields.url, "url, link, href ...");
  add_field("--source-field", fields.source,
            "source, outlet, publisher ...; else the host of the URL");
  add_field("--time-field", fields.time, "published, date, pubDate ...");
  add_field("--lang-field", fields.language, "lang, language, locale");
  app.add_option("--vector-field", fields.vector,
                 "name of a field with the article's dense vector, an array of "
                 "numbers; else none is read");
}

void AddPipelineOptions(CLI::App& app, Config& config) {
  PipelineOptions& options = config.pipeline;
  DuplicateOptions& copies = options.duplicates;
  app.add_option("--min-similarity", copies.min_cluster_similarity,
                 "copies: least mean share of the shorter text's rare "
                 "3-grams, lowered a little for what only the longer one has")
      ->capture_default_str();
  app.add_option("--max-bucket", copies.max_bucket,
                 "copies: larger buckets of candidates are chained")
      ->capture_default_str();
  app.add_option("--min-texts", options.boilerplate.min_texts,
                 "boilerplate: distinct texts of a source with the line")
      ->capture_default_str();
  app.add_flag("--learned", options.boilerplate.learned,
               "boilerplate: also lines that nothing repeats but that look "
               "like it (captions, bylines, share prompts)");
  app.add_option("--window", options.stories.window_days,
                 "stories: days between two articles that may be compared; "
                 "0 for any")
      ->capture_default_str();
  app.add_option("--granularity", options.stories.granularity,
                 "stories: -1 for coarser ones to 1 for finer ones")
      ->capture_default_str();
  app.add_option("--words", config.words_file,
                 "stories: file of storyfold background, how common words "
                 "are; else a built-in one for English");
  app.add_option("--vectors", config.vectors_file,
                 "stories: dense vectors that you have, FILE.npy (rows of "
                 "float32 or float16), and FILE.ids with the id of the article "
                 "of each row, one a line")
      ->option_text("FILE.npy");
  app.add_option("--model", config.model,
                 "stories: folder of a model that makes dense vectors, or "
                 "builtin; else the one that scripts/get-model installed, if "
                 "any")
      ->option_text("DIR");
  app.add_flag("--no-model", config.no_model,
               "stories: no model, not even an installed one");
  app.add_option("--vector-cache", config.vector_cache,
                 "file the vectors a model made are kept in; else one in "
                 "$XDG_CACHE_HOME or ~/.cache");
}

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

// Whether --min-jaccard was given must be known: with --simhash there is no
// least similarity otherwise.
void AddPairOptions(CLI::App& command, Config& config) {
  command.add_option_function<double>(
      "--min-jaccard", [&config](double least) { config.min_jaccard = least; },
      "least Jaccard similarity of word 5-grams; 0.5 if not given, 0 with "
      "--simhash");
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

void AddInputs(CLI::App& command, Config& config) {
  command.add_option("INPUT", config.inputs, kInputHelp)
      ->required()
      ->configurable(false);
}

void AddOwnOptions(Command which, CLI::App& command, Config& config) {
  switch (which) {
    case Command::kRun:
      AddInputs(command, config);
      command
          .add_option("-o,--output", config.output_folder,
                      "folder the results are written into")
          ->required()
          ->configurable(false);
      return;
    case Command::kDedup:
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
      return;
    case Command::kPairs:
      AddInputs(command, config);
      AddPairOptions(command, config);
      return;
    case Command::kClusters:
    case Command::kStories:
      AddInputs(command, config);
      return;
    case Command::kBoilerplate:
      AddInputs(command, config);
      command.add_flag("--clean", config.clean,
                       "print the records without their boilerplate lines");
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
      return;
    case Command::kExplain:
      command.add_option("A", config.article_a, "id of an article")
          ->required()
          ->configurable(false);
      command.add_option("B", config.article_b, "id of another")
          ->required()
          ->configurable(false);
      command
          .add_option("--from", config.from,
                      "folder of an earlier run, or a state")
          ->required()
          ->configurable(false);
      return;
    case Command::kBackground:
      AddInputs(command, config);
      command
          .add_option("--num-words", config.num_words,
                      "print so many words, the most common ones")
          ->capture_default_str();
      return;
    case Command::kFingerprint:
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
      return;
    case Command::kEval:
      command
          .add_option("--gold", config.gold_file,
                      "JSON lines with the true labels")
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
      return;
    case Command::kUpdate:
      AddInputs(command, config);
      AddUpdateOptions(command, config.state);
      return;
    case Command::kState:
      AddStateCommands(command, config);
      return;
    case Command::kPin:
      AddPinOptions(command, config);
      return;
    case Command::kReport:
      AddStateFolder(command, config.state);
      return;
  }
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
// state has them.
void SetStateSettings(const CLI::App& app, Config& config) {
  const auto take = [&](const char* flag, const auto& value, auto& setting) {
    if (app.get_option(flag)->count() > 0) setting = value;
  };
  const PipelineOptions& options = config.pipeline;
  StateSettings& settings = config.state.settings;
  take("--window", options.stories.window_days, settings.window_days);
  take("--granularity", options.stories.granularity, settings.granularity);
  take("--min-similarity", options.duplicates.min_cluster_similarity,
       settings.min_similarity);
  take("--max-bucket", options.duplicates.max_bucket, settings.max_bucket);
  take("--min-texts", options.boilerplate.min_texts, settings.min_texts);
}

// Returns why the flags cannot be given together; empty if they can.
std::string ConflictOf(const CLI::App& app, const Config& config) {
  if (config.command == Command::kUpdate) {
    for (const char* name : {"--model", "--vectors", "--vector-field",
                             "--vector-cache", "--learned"}) {
      if (app.get_option(name)->count() == 0) continue;
      return absl::StrCat("update cannot use ", name,
                          ": the nights of a state go by words alone, and by "
                          "lines that repeat");
    }
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
  for (const CommandText& text : kCommands) {
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
  const std::string conflict = ConflictOf(app, config);
  if (!conflict.empty()) return Exit(kUsageError, conflict);
  SetPairOptions(config);
  SetStateSettings(app, config);
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
