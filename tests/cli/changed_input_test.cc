// The real binary on an input that somebody writes to while it is read.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

using namespace std::string_literals;

// Opens a pipe once somebody reads from it; -1 if nobody does for long.
int OpenWhenRead(const std::string& pipe) {
  constexpr int kTries = 20'000;
  for (int i = 0; i < kTries; ++i) {
    const int writer = ::open(pipe.c_str(), O_WRONLY | O_NONBLOCK);
    if (writer >= 0) {
      ::fcntl(writer, F_SETFL, 0);  // writes wait for the reader
      return writer;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return -1;
}

// Runs a command and calls `change` when it has read what comes before `pipe`:
// a pipe is opened only then. `bytes` go through it.
template <typename Change>
ProcessResult RunAndChange(const std::vector<std::string>& arguments,
                           const std::string& pipe, const Change& change,
                           const std::string& bytes = "") {
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  ProcessResult result;
  std::thread tool([&] { result = RunTool(arguments); });
  const int writer = OpenWhenRead(pipe);
  change();
  const ssize_t written = ::write(writer, bytes.data(), bytes.size());
  ::close(writer);
  tool.join();
  REQUIRE(writer >= 0);
  REQUIRE(written == static_cast<ssize_t>(bytes.size()));
  return result;
}

// Returns a record that is large enough to be read in place.
std::string LargeRecord(const std::string& id) {
  std::string text;
  while (text.size() < (1U << 20)) text += "one two three ";
  return Record(id, text);
}

void AppendTo(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::app) << bytes;
}

TEST_CASE("a file that is cut short while it is read ends the tool with a word",
          "[cli][bad input]") {
  const TempFolder folder;
  const std::string words = "one two three four five six seven eight nine ten ";
  const std::string feed = folder / "a.jsonl";
  WriteFile(feed, Record("a", words + words + "eleven") +
                      Record("b", words + words + "twelve") +
                      ManyRecords(50'000));
  bool cut = false;
  const std::string pipe = folder / "pipe.jsonl";
  const ProcessResult pairs =
      RunAndChange({"pairs", "--quiet", feed, pipe}, pipe,
                   [&] { cut = ::truncate(feed.c_str(), 0) == 0; });
  REQUIRE(cut);
  CHECK(pairs.exit_code == 1);
  CHECK(pairs.err ==
        "storyfold: an input file was cut short while it was read, or cannot "
        "be read any more\n");
}

// A bug: commands that hold all texts in memory did not look.
TEST_CASE("a file that is written to while it is read is an error",
          "[cli][bad input]") {
  const TempFolder folder;
  const std::string feed = folder / "a.jsonl";
  const std::string pipe = folder / "pipe.jsonl";
  WriteFile(feed, LargeRecord("a"));
  std::vector<std::string> arguments = GENERATE(
      values<std::vector<std::string>>({{"pairs"},
                                        {"pairs", "--simhash", "3"},
                                        {"clusters"},
                                        {"dedup"},
                                        {"fingerprint"},
                                        {"background"},
                                        {"boilerplate"},
                                        {"boilerplate", "--clean"},
                                        {"boilerplate", "--learned"},
                                        {"boilerplate", "--source-report"},
                                        {"boilerplate", "--explain", "a:1"},
                                        {"stories"},
                                        {"run", "-o", "/tmp/none"}}));
  CAPTURE(arguments);
  if (arguments[0] == "run") arguments[2] = folder / "out";
  arguments.insert(arguments.end(), {"--quiet", feed, pipe});
  const ProcessResult result =
      RunAndChange(arguments, pipe, [&] { AppendTo(feed, Record("more")); });
  CHECK(result.exit_code == 1);
  CHECK(result.err ==
        "storyfold: " + feed + " was changed while it was read\n");
}

// A bug: they had their names before anybody asked.
TEST_CASE("a run whose input is changed leaves the results of the run before",
          "[cli][bad input]") {
  const TempFolder folder;
  const std::string feed = folder / "a.jsonl";
  const std::string out = folder / "out";
  WriteFile(feed, LargeRecord("a"));
  REQUIRE(RunTool({"run", feed, "-o", out}).exit_code == 0);
  const std::string before = ReadFile(out + "/articles.jsonl");
  WriteFile(feed, LargeRecord("b"));
  const std::string pipe = folder / "pipe.jsonl";
  const ProcessResult result =
      RunAndChange({"run", feed, pipe, "-o", out}, pipe,
                   [&] { AppendTo(feed, Record("more")); });
  CHECK(result.exit_code == 1);
  const bool same = ReadFile(out + "/articles.jsonl") == before;
  CHECK(same);
}

// The ids of the vectors are read after the records.
TEST_CASE("explain fails where the records of its run are changed meanwhile",
          "[cli][bad input]") {
  const TempFolder folder;
  const std::string out = folder / "out";
  WriteFile(folder / "a.jsonl", LargeRecord("a") + Record("b"));
  std::string header = "{'descr':'<f4','fortran_order':False,'shape':(1,2)}";
  header.resize(117, ' ');
  WriteFile(folder / "v.npy",
            "\x93NUMPY\1\0\x76\0"s + header + "\n" + std::string(8, '\1'));
  WriteFile(folder / "v.ids", "a\n");
  REQUIRE(RunTool({"run", folder / "a.jsonl", "-o", out, "--vectors",
                   folder / "v.npy"})
              .exit_code == 0);
  for (const std::vector<std::string>& of :
       {std::vector<std::string>{"a"}, {"a", "b"}}) {
    ::unlink((folder / "v.ids").c_str());
    std::vector<std::string> arguments = {"explain", "--quiet", "--from", out};
    arguments.insert(arguments.end(), of.begin(), of.end());
    const std::string records = out + "/articles.jsonl";
    const ProcessResult result = RunAndChange(
        arguments, folder / "v.ids", [&] { AppendTo(records, "\n"); }, "a\n");
    CHECK(result.exit_code == 1);
    CHECK(result.err ==
          "storyfold: " + records + " was changed while it was read\n");
  }
}

}  // namespace
}  // namespace storyfold
