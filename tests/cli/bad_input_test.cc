// The real binary on every kind of bad input: it says what is wrong and where,
// goes on with the rest, and its sums add up.

#include <simdjson.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

struct Counts {
  uint64_t records = 0;
  uint64_t distinct = 0;
  uint64_t copies = 0;
  uint64_t rejected = 0;
};

// `run` on some inputs, its exit code, errors and files.
struct Run {
  explicit Run(std::vector<std::string> arguments,
               const std::string& input = "") {
    const TempFolder folder;
    const std::string out = folder / "out";
    arguments.insert(arguments.begin(), "run");
    arguments.insert(arguments.end(), {"-o", out});
    process = RunTool(arguments, input);
    if (!fs::exists(out)) return;
    articles = ReadFile(out + "/articles.jsonl");
    rejected = ReadFile(out + "/rejected.jsonl");
    ReadCounts(ReadFile(out + "/summary.json"));
    CHECK(counts.records == counts.distinct + counts.copies + counts.rejected);
    CHECK(counts.rejected == CountLines(rejected));
    CHECK(counts.distinct + counts.copies == CountLines(articles));
  }

  void ReadCounts(const std::string& summary) {
    simdjson::dom::parser parser;
    const simdjson::dom::element json = parser.parse(summary)["counts"];
    counts = {json["records"], json["distinct"], json["copies"],
              json["rejected"]};
  }

  ProcessResult process;
  std::string articles;
  std::string rejected;
  Counts counts;
};

TEST_CASE("the records before the end of a truncated gzip file are kept",
          "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl.gz";
  const std::string feed = ManyRecords(20'000);
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, feed.data(), static_cast<unsigned>(feed.size()));
  gzclose(file);
  fs::resize_file(path, fs::file_size(path) / 2);
  WriteFile(folder / "rest.jsonl", Record("rest"));
  const Run run({path, folder / "rest.jsonl"});
  CHECK(run.process.exit_code == 1);
  CHECK_THAT(run.process.err, ContainsSubstring(path + ":"));
  CHECK_THAT(run.process.err,
             ContainsSubstring(": gzip data ends too early\n"));
  CHECK(run.counts.rejected == 1);
  CHECK(run.counts.records > 5'000);
  CHECK(run.articles.starts_with("{\"id\":\"r0\","));
  CHECK_THAT(run.articles, ContainsSubstring("\n{\"id\":\"rest\","));
}

TEST_CASE("the records before the end of a truncated zstd file are kept",
          "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl.zst";
  const std::string feed = ManyRecords(20'000);
  std::string packed(ZSTD_compressBound(feed.size()), '\0');
  packed.resize(
      ZSTD_compress(packed.data(), packed.size(), feed.data(), feed.size(), 1));
  WriteFile(path, packed.substr(0, packed.size() / 2));
  WriteFile(folder / "rest.jsonl", Record("rest"));
  const Run run({path, folder / "rest.jsonl"});
  CHECK(run.process.exit_code == 1);
  CHECK_THAT(run.process.err, ContainsSubstring(path + ":"));
  CHECK_THAT(run.process.err,
             ContainsSubstring(": zstd data ends too early\n"));
  CHECK(run.counts.rejected == 1);
  CHECK(run.counts.records > 2'000);
  CHECK_THAT(run.articles, ContainsSubstring("\n{\"id\":\"rest\","));
}

TEST_CASE("a binary file in a folder is passed over", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", Record("a"));
  WriteFile(folder / "b.jsonl",
            "\x7f"
            "ELF\2\1\1\0\0\n\0\x90"s);
  WriteFile(folder / "c.txt", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0"s);
  WriteFile(folder / "d.bin", "\0\1\2"s);
  const Run run({folder.path()});
  CHECK(run.process.exit_code == 1);  // c.txt could not be read
  CHECK_THAT(run.process.err, ContainsSubstring((folder / "b.jsonl") +
                                                ":1: not a json object\n"));
  CHECK_THAT(
      run.process.err,
      ContainsSubstring((folder / "c.txt") + ": looks like a binary file\n"));
  CHECK_THAT(run.process.err,
             ContainsSubstring((folder / "d.bin") +
                               ": not a format that is read (by its name)\n"));
  CHECK(run.counts.distinct == 1);
  CHECK(run.counts.records == 5);  // two lines of b.jsonl
}

TEST_CASE("records of wrong types are passed over", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl";
  WriteFile(path, Record("a") + "{\"id\":\"b\",\"text\":17}\n" +
                      "[1,2]\n\"text\"\n" + "{\"id\":[1],\"text\":\"t\"}\n" +
                      Record("c"));
  const Run run({path});
  CHECK(run.process.exit_code == 0);
  CHECK_THAT(run.process.err,
             ContainsSubstring(path + ":2: \"text\" is not a string\n" + path +
                               ":3: one json object a line is read, not an "
                               "array\n" +
                               path + ":4: not a json object\n" + path +
                               ":5: \"id\" is not a string\n"));
  CHECK(run.counts.records == 6);
  CHECK(run.counts.rejected == 4);
}

TEST_CASE("of a duplicate id the first record is kept", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl";
  WriteFile(path, Record("a", "one") + Record("a", "two") + Record("b"));
  const Run run({path});
  CHECK(run.process.exit_code == 0);
  CHECK_THAT(run.process.err,
             ContainsSubstring(path + ":2: id \"a\" was used before, at " +
                               path + ":1\n"));
  CHECK(run.rejected == "{\"file\":\"" + path +
                            "\",\"line\":2,\"reason\":\"id \\\"a\\\" was used "
                            "before, at " +
                            path + ":1\"}\n");
  CHECK(run.counts.records == 3);
}

TEST_CASE("a line of 50 MB is a record", "[cli]") {
  const TempFolder folder;
  std::string text;
  while (text.size() < 50'000'000)
    text += "word" + std::to_string(text.size()) + " ";
  WriteFile(folder / "feed.jsonl", Record("long", text) + Record("a"));
  const ProcessResult result = RunTool({"dedup", folder / "feed.jsonl"});
  CHECK(result.exit_code == 0);
  CHECK(CountLines(result.out) == 2);
  const bool same = result.out == Record("long", text) + Record("a");
  CHECK(same);
}

TEST_CASE("a line of 50 MB that is no JSON is passed over", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl";
  WriteFile(path, Record("a") + std::string(50'000'000, 'x'));
  const Run run({path});
  CHECK(run.process.exit_code == 0);
  CHECK_THAT(run.process.err,
             ContainsSubstring(path + ":2: not a json object\n"));
  CHECK(run.process.err.size() < 2'000);
  CHECK(run.counts.records == 2);
}

TEST_CASE("an empty file gives empty results", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", "");
  const Run run({folder / "feed.jsonl"});
  CHECK(run.process.exit_code == 0);
  CHECK(run.articles == "");
  CHECK(run.counts.records == 0);
}

TEST_CASE("ten thousand empty texts are ten thousand articles", "[cli]") {
  const TempFolder folder;
  std::string feed = Record("0", "word");
  for (int i = 1; i <= 10'000; ++i) feed += Record(std::to_string(i), "");
  WriteFile(folder / "feed.jsonl", feed);
  const Run run({folder / "feed.jsonl"});
  CHECK(run.process.exit_code == 0);
  CHECK(run.counts.records == 10'001);
  CHECK(run.counts.distinct == 10'001);
}

TEST_CASE("a text of one word is an article", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            Record("a", "word") + Record("b", "other") + "{\"id\":\"c\"}\n");
  const Run run({folder / "feed.jsonl"});
  CHECK(run.process.exit_code == 0);
  CHECK(run.counts.distinct == 3);
}

TEST_CASE("NUL bytes are read as escapes and refused as they are", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl";
  WriteFile(path, Record("a", "one\\u0000two") + Record("b", "one\0two"s) +
                      Record("c\\u0000", "x") + "\0\0\0\n"s);
  const Run run({path});
  CHECK(run.process.exit_code == 0);
  CHECK_THAT(run.process.err, ContainsSubstring(path + ":2: broken json: "));
  CHECK_THAT(run.process.err,
             ContainsSubstring(path + ":4: not a json object\n"));
  CHECK(run.counts.records == 4);
  CHECK(run.counts.distinct == 2);
  CHECK_THAT(run.articles, ContainsSubstring("\"text\":\"one\\u0000two\""));
  CHECK_THAT(run.articles, ContainsSubstring("\"cluster\":\"c\\u0000\""));
}

TEST_CASE("damaged texts are repaired for us and keep their bytes", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl";
  WriteFile(path, Record("a", "cut \\ud83d") + Record("b", "caf\xe9 \xff\xfe"));
  const Run run({path});
  CHECK(run.process.exit_code == 0);
  CHECK_THAT(run.process.err,
             ContainsSubstring("4 invalid UTF-8 sequences were replaced\n"));
  CHECK(run.counts.distinct == 2);
  CHECK_THAT(run.articles,
             ContainsSubstring("{\"id\":\"a\",\"text\":\"cut \\ud83d\",\"st"));
  CHECK_THAT(run.articles,
             ContainsSubstring("{\"id\":\"b\",\"text\":\"caf\xe9 \xff\xfe\","));
}

TEST_CASE("a time that cannot be read is shown", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            "{\"id\":\"a\",\"text\":\"x\",\"date\":\"03.04.2031\\u001b, the "
            "fourth of March of the year 2031\"}\n" +
                Record("b"));
  const Run run({folder / "feed.jsonl"});
  CHECK(run.process.exit_code == 0);
  CHECK_THAT(
      run.process.err,
      ContainsSubstring("1 article has a time that cannot be read (the "
                        "first: \"03.04.2031\\x1b, the fourth of March of "
                        "the ...\")\n"));
}

TEST_CASE("a missing file is passed over and an error at the end", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", Record("a"));
  const std::string none = folder / "none.jsonl";
  const Run run({none, folder / "a.jsonl"});
  CHECK(run.process.exit_code == 1);
  CHECK_THAT(run.process.err, ContainsSubstring(none + ": no such file\n"));
  CHECK(run.counts.distinct == 1);
  CHECK(run.counts.rejected == 1);
}

TEST_CASE("when nothing at all can be read the run fails", "[cli]") {
  const TempFolder folder;
  const std::string none = folder / "none.jsonl";
  const Run run({"--quiet", none});
  CHECK(run.process.exit_code == 1);
  CHECK(run.process.err ==
        "storyfold: no article could be read; the first reason: " + none +
            ": no such file\n");
}

TEST_CASE("a file that may not be read is passed over", "[cli]") {
  if (::geteuid() == 0) {
    WARN("skipped: root may read every file");
    return;
  }
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", Record("a"));
  const std::string locked = folder / "locked.jsonl";
  WriteFile(locked, Record("b"));
  fs::permissions(locked, fs::perms::none);
  const Run run({folder / "a.jsonl", locked});
  CHECK(run.process.exit_code == 1);
  CHECK_THAT(run.process.err,
             ContainsSubstring(locked + ": Permission denied"));
  CHECK(run.counts.rejected == 1);
}

TEST_CASE("with --strict the first bad record ends the run", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl";
  WriteFile(path, Record("a") + "x\n" + "y\n");
  const std::string out = folder / "out";
  const ProcessResult result = RunTool({"run", "--strict", path, "-o", out});
  CHECK(result.exit_code == 1);
  CHECK(result.err == "storyfold: " + path + ":2: not a json object\n");
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("with --quiet nothing but errors is said", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", Record("a") + "x\n" + Record("b", "\xff"));
  const Run run({"--quiet", folder / "feed.jsonl"});
  CHECK(run.process.exit_code == 0);
  CHECK(run.process.out == "");
  CHECK(run.process.err == "");
  CHECK(run.counts.rejected == 1);
}

TEST_CASE("of many rejections twenty are shown", "[cli]") {
  const TempFolder folder;
  std::string feed = Record("a");
  for (int i = 0; i < 30; ++i) feed += "x\n";
  WriteFile(folder / "feed.jsonl", feed);
  const Run run({folder / "feed.jsonl"});
  CHECK_THAT(run.process.err,
             ContainsSubstring(":21: not a json object\n"
                               "and 10 more were passed over\n"));
  CHECK(run.counts.rejected == 30);
}

TEST_CASE("a folder for temporary files that is not there is named",
          "[cli][bad input]") {
  const ProcessResult pairs =
      RunTool({"pairs", "-", "--low-memory"}, R"({"id":"a","text":"b"})",
              {{"TMPDIR", "/nowhere"}});
  CHECK(pairs.exit_code == 1);
  CHECK(pairs.err ==
        "storyfold: -: cannot be unpacked into /nowhere: No such file or "
        "directory\n");
}

}  // namespace
}  // namespace storyfold
