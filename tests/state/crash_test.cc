// A process is ended at every call that changes a file, and at random moments;
// whatever it left, the next update ends in the same bytes as one that nobody
// disturbed.

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "catch.h"
#include "state/state_folder.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

using Environment = std::map<std::string, std::string>;

// Under ASan, where an update takes four times as long, fewer.
#ifdef STORYFOLD_SANITIZED
constexpr int kRandomKills = 50;
#else
constexpr int kRandomKills = 200;
#endif
constexpr int kKilled = 128;

// The state after a first night, a second night, and what becomes of the state
// when nobody disturbs the second update.
class Nights {
 public:
  // The second update has so many threads: with two its files are written while
  // its catalogue is.
  explicit Nights(int threads = 1) : threads_(std::to_string(threads)) {
    WriteFile(folder_ / "1.jsonl", StreamNight(1));
    WriteFile(folder_ / "2.jsonl", StreamNight(2));
    REQUIRE(Update("before", "1.jsonl", {}).exit_code == 0);
    fs::copy(folder_ / "before", folder_ / "calm");
    REQUIRE(Update("calm", "2.jsonl", {{"FAULT_COUNT", folder_ / "count"}})
                .exit_code == 0);
    before_ = ContentOf(folder_ / "before");
    calm_ = ContentOf(folder_ / "calm");
  }

  // The calls that change files in the undisturbed second update.
  int NumCalls() const { return std::stoi(ReadFile(folder_ / "count")); }

  // Does the second update with these faults, from the state before it.
  ProcessResult Disturb(const Environment& faults) const {
    fs::remove_all(folder_ / "wild");
    fs::copy(folder_ / "before", folder_ / "wild");
    return Update("wild", "2.jsonl", faults);
  }

  // Does it again undisturbed, and returns what the state holds then.
  std::string Repeat() const {
    const ProcessResult result = Update("wild", "2.jsonl", {});
    CAPTURE(result.err);
    CHECK(result.exit_code == 0);
    return ContentOf(folder_ / "wild");
  }

  // What the state holds, without files that no transaction names: a commit
  // that fails leaves them to the next run.
  std::string Wild() const {
    const std::string wild = folder_ / "wild";
    REQUIRE(OpenForWriting(wild, IfMissing::kFail).ok());
    return ContentOf(wild);
  }
  // The names of the files that are there, but for those of SQLite.
  std::set<std::string> WildFiles() const { return FilesIn("wild"); }
  std::set<std::string> FilesBefore() const { return FilesIn("before"); }
  const std::string& before() const { return before_; }
  const std::string& calm() const { return calm_; }

 private:
  std::set<std::string> FilesIn(const std::string& state) const {
    std::set<std::string> names;
    for (const auto& file : fs::directory_iterator(folder_ / state)) {
      const std::string name = file.path().filename();
      if (!name.starts_with("state.db")) names.insert(name);
    }
    return names;
  }

  ProcessResult Update(const std::string& state, const std::string& night,
                       Environment faults) const {
    faults["LD_PRELOAD"] = STORYFOLD_FAULT_INJECTION;
    faults["FAULT_FOLDER"] = folder_ / state;
    faults["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0";
    return RunTool({"update", "--quiet", "--threads", threads_, folder_ / night,
                    "--state", folder_ / state},
                   "", faults);
  }

  TempFolder folder_;
  std::string threads_;
  std::string before_;
  std::string calm_;
};

void CheckFailedInOneLine(const ProcessResult& result) {
  CAPTURE(result.err);
  CHECK(result.exit_code == 1);
  CHECK(std::ranges::count(result.err, '\n') == 1);
  CHECK(result.err.starts_with("storyfold: "));
}

TEST_CASE("an update ended before any call that changes a file is made up for",
          "[state][crash]") {
  const Nights nights(GENERATE(1, 2));
  const int calls = nights.NumCalls();
  REQUIRE(calls > 20);  // writes, fsyncs, renames and the commit
  REQUIRE(nights.calm() != nights.before());
  for (int call = 1; call <= calls; ++call) {
    CAPTURE(call);
    const auto killed = nights.Disturb({{"FAULT_KILL", std::to_string(call)}});
    CHECK(killed.exit_code > kKilled);
    CHECK(nights.Repeat() == nights.calm());
  }
}

TEST_CASE("an update ended in the middle of any write is made up for",
          "[state][crash]") {
  const Nights nights;
  for (int call = 1; call <= nights.NumCalls(); ++call) {
    CAPTURE(call);
    // A call that is no write goes on as if nothing were.
    nights.Disturb({{"FAULT_TEAR", std::to_string(call)}});
    CHECK(nights.Repeat() == nights.calm());
  }
}

TEST_CASE("an update ended at random moments is made up for",
          "[state][crash]") {
  const Nights nights;
  Random random(7);
  // Doubled until an update lives longer than that.
  uint64_t microseconds = 10'000;
  while (nights.Disturb({{"FAULT_TIMER", std::to_string(microseconds)}})
             .exit_code != 0) {
    microseconds *= 2;
  }
  int killed = 0;
  for (int k = 0; k < kRandomKills; ++k) {
    const uint64_t after = 1 + random.Below(microseconds);
    CAPTURE(after);
    killed +=
        nights.Disturb({{"FAULT_TIMER", std::to_string(after)}}).exit_code >
        kKilled;
    CHECK(nights.Repeat() == nights.calm());
  }
  CHECK(killed > kRandomKills / 8);
}

TEST_CASE("a disk that is full at any write leaves the state as it was",
          "[state][crash]") {
  const Nights nights(GENERATE(1, 2));
  int failed = 0;
  for (int call = 1; call <= nights.NumCalls(); ++call) {
    CAPTURE(call);
    const ProcessResult result =
        nights.Disturb({{"FAULT_FULL", std::to_string(call)}});
    if (result.exit_code == 0) {  // full only after the commit
      CHECK(nights.Wild() == nights.calm());
      continue;
    }
    ++failed;
    CheckFailedInOneLine(result);
    CHECK(nights.WildFiles() ==
          nights.FilesBefore());  // the room is given back
    CHECK(nights.Wild() == nights.before());
    CHECK(nights.Repeat() == nights.calm());
  }
  CHECK(failed > 10);
}

TEST_CASE("an fsync, rename or truncation that fails leaves a whole state",
          "[state][crash]") {
  const Nights nights(GENERATE(1, 2));
  int failed = 0;
  for (int call = 1; call <= nights.NumCalls(); ++call) {
    CAPTURE(call);
    const ProcessResult result =
        nights.Disturb({{"FAULT_BREAK", std::to_string(call)}});
    failed += result.exit_code != 0;
    if (result.exit_code == 0) {
      CHECK(nights.Wild() == nights.calm());
      continue;
    }
    CheckFailedInOneLine(result);
    // A commit that fails may still have come true.
    const std::string wild = nights.Wild();
    CHECK((wild == nights.before() || wild == nights.calm()));
    CHECK(nights.Repeat() == nights.calm());
  }
  CHECK(failed >= 8);  // of each of four files the fsync and the rename
}

TEST_CASE("a read-only folder leaves the state as it was", "[state][crash]") {
  const Nights nights;
  const ProcessResult result = nights.Disturb({{"FAULT_READ_ONLY", "1"}});
  CheckFailedInOneLine(result);
  CHECK_THAT(result.err, ContainsSubstring("Read-only file system"));
  CHECK(nights.Wild() == nights.before());
}

}  // namespace
}  // namespace storyfold
