#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

const char* const kFiles[] = {"articles.jsonl", "stories.jsonl",
                              "boilerplate.jsonl", "rejected.jsonl"};

// Returns the files `run` writes, by name.
std::map<std::string, std::string> FilesOfRun(const std::string& input,
                                              const std::string& threads,
                                              const std::string& simd) {
  const TempFolder folder;
  std::map<std::string, std::string> environment;
  if (!simd.empty()) environment["STORYFOLD_SIMD"] = simd;
  const ProcessResult run = RunTool(
      {"run", "--quiet", "--threads", threads, input, "-o", folder / "out"}, "",
      environment);
  REQUIRE(run.exit_code == 0);
  std::map<std::string, std::string> files;
  for (const std::string name : kFiles) {
    files[name] = ReadFile(folder / ("out/" + name));
  }
  return files;
}

void CheckRunsAreEqual(const std::string& input) {
  const auto expected = FilesOfRun(input, "1", "scalar");
  REQUIRE(expected.at("stories.jsonl").size() > 10'000);
  const std::map<std::string, std::string> others = {
      {"2", ""}, {"7", "scalar"}, {"1", "avx2"}};
  for (const auto& [threads, simd] : others) {
    const auto files = FilesOfRun(input, threads, simd);
    for (const std::string name : kFiles) {
      CAPTURE(threads, simd, name);
      const bool equal = files.at(name) == expected.at(name);
      CHECK(equal);
    }
  }
}

TEST_CASE(
    "run writes the same bytes for the sample at any number of threads "
    "and level of SIMD",
    "[cli][deterministic]") {
  CheckRunsAreEqual(STORYFOLD_SAMPLE "/articles.jsonl");
}

// The lines of a text, the last ones first.
std::vector<std::string> LinesBackwards(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin) + 1;
    lines.insert(lines.begin(), text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

TEST_CASE("run writes the same records in any order of the input",
          "[cli][deterministic]") {
  const std::string sample = ReadFile(STORYFOLD_SAMPLE "/articles.jsonl");
  const TempFolder folder;
  WriteFile(folder / "backwards.jsonl", Joined(LinesBackwards(sample)));
  const auto expected = FilesOfRun(STORYFOLD_SAMPLE "/articles.jsonl", "2", "");
  const auto files = FilesOfRun(folder / "backwards.jsonl", "2", "");
  CHECK(files.at("stories.jsonl") == expected.at("stories.jsonl"));
  CHECK(files.at("boilerplate.jsonl") == expected.at("boilerplate.jsonl"));
  CHECK(Joined(LinesBackwards(files.at("articles.jsonl"))) ==
        expected.at("articles.jsonl"));
}

// The sample in a file that is large enough to stay where it is.
std::string WriteLargeSample(const TempFolder& folder) {
  std::string path = folder / "articles.jsonl";
  WriteFile(path, ReadFile(STORYFOLD_SAMPLE "/articles.jsonl") +
                      R"({"id":"long","more":")" + std::string(1'500'000, 'x') +
                      "\"}\n");
  return path;
}

TEST_CASE("a state is the same in any order of the input",
          "[cli][state][deterministic]") {
  const TempFolder folder;
  WriteFile(
      folder / "backwards.jsonl",
      Joined(LinesBackwards(ReadFile(STORYFOLD_SAMPLE "/articles.jsonl"))));
  const auto state_of = [&](const std::string& feed, const std::string& name) {
    const std::string state = folder / name;
    REQUIRE(RunTool({"update", "--quiet", "--state", state, feed}).exit_code ==
            0);
    std::string all;
    for (const char* what : {"articles", "stories", "changes"}) {
      all += RunTool({"state", "export", state, "--what", what}).out;
    }
    return all;
  };
  const std::string forwards =
      state_of(STORYFOLD_SAMPLE "/articles.jsonl", "forwards");
  REQUIRE(forwards.size() > 10'000);
  const bool equal =
      state_of(folder / "backwards.jsonl", "backwards") == forwards;
  CHECK(equal);
}

// Texts are read from the file again and again.
TEST_CASE("with --low-memory the same is printed, from packed input too",
          "[cli][deterministic]") {
  const TempFolder folder;
  const std::string sample = WriteLargeSample(folder);
  const std::string packed = folder / "articles.jsonl.gz";
  REQUIRE(std::system(
              ("gzip -c '" + sample + "' > '" + packed + "'").c_str()) == 0);
  const std::vector<std::vector<std::string>> commands = {
      {"pairs"},      {"pairs", "--simhash", "5"},
      {"dedup"},      {"dedup", "--mark"},
      {"clusters"},   {"boilerplate"},
      {"stories"},    {"boilerplate", "--clean"},
      {"fingerprint"}};
  for (std::vector<std::string> command : commands) {
    CAPTURE(command);
    command.insert(command.end(), {"--quiet", sample});
    const ProcessResult expected = RunTool(command);
    REQUIRE(expected.exit_code == 0);
    REQUIRE_FALSE(expected.out.empty());
    command.push_back("--low-memory");
    CHECK(RunTool(command).out == expected.out);
    command[command.size() - 2] = packed;
    CHECK(RunTool(command).out == expected.out);
  }
}

TEST_CASE("with --low-memory run and explain give the same",
          "[cli][deterministic]") {
  const TempFolder folder;
  const std::string sample = WriteLargeSample(folder);
  std::vector<std::string> command = {"run", "--quiet", sample, "-o",
                                      folder / "out"};
  REQUIRE(RunTool(command).exit_code == 0);
  command.back() = folder / "low";
  command.push_back("--low-memory");
  REQUIRE(RunTool(command).exit_code == 0);
  for (const std::string name : kFiles) {
    const bool equal = ReadFile(folder / ("out/" + name)) ==
                       ReadFile(folder / ("low/" + name));
    CAPTURE(name);
    CHECK(equal);
  }
  command = {"explain", "mw-0003", "hl-0004", "--from", folder / "out"};
  const ProcessResult expected = RunTool(command);
  REQUIRE(expected.exit_code == 0);
  command.push_back("--low-memory");
  CHECK(RunTool(command).out == expected.out);
}

TEST_CASE(
    "run writes the same bytes for 3,000 articles at any number of "
    "threads and level of SIMD",
    "[cli][deterministic]") {
  const TempFolder folder;
  const std::string command = "'" STORYFOLD_MAKE_CORPUS
                              "' --articles 3000 --words 150 --seed 11 -o '" +
                              (folder / "articles.jsonl") + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  CheckRunsAreEqual(folder / "articles.jsonl");
}

}  // namespace
}  // namespace storyfold
