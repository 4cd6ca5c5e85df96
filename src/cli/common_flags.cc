// Options that stand on the program itself, so that --config reads them under
// their plain names. Which command uses which: cli/option_uses.cc.

#include "cli/common_flags.h"

#include <CLI/CLI.hpp>

#include <string>

namespace storyfold {
namespace {

// Where the dense vectors come from.
void AddVectorOptions(CLI::App& app, Config& config) {
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

}  // namespace

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
                 "boilerplate: distinct texts of a source with the line; two "
                 "where its place or its shape speak for it, too")
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
  AddVectorOptions(app, config);
}

void DescribeKeptOptions(CLI::App& app) {
  const auto describe = [&](const char* flag, const std::string& what,
                            const std::string& first) {
    app.get_option(flag)->default_str("")->description(
        what + "; else as the state has it, at first " + first);
  };
  for (const char* flag :
       {"--granularity", "--min-similarity", "--max-bucket", "--min-texts"}) {
    const CLI::Option* option = app.get_option(flag);
    describe(flag, option->get_description(), option->get_default_str());
  }
  describe("--window",
           "stories: days between two articles that may be compared, more "
           "than 0",
           "7");
  describe("--words",
           "stories: file of storyfold background, how common words are",
           "a built-in one for English");
  describe("--model",
           "stories: folder of a model that makes dense vectors, or builtin",
           "the one that scripts/get-model installed, if any");
}

}  // namespace storyfold
