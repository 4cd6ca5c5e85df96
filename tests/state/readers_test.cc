// Who may look at a state, and who may write to it, at the same time; and what
// somebody sees who may write nothing.

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <map>

#include "catch.h"
#include "state/state_folder.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Calls look() as somebody who may write neither to the folder nor to a file of
// it.
void WithoutWriting(const TempFolder& folder, const std::string& state,
                    const std::function<void()>& look) {
  constexpr auto kReadOnly = static_cast<fs::perms>(0555);
  for (const auto& entry : fs::directory_iterator(state)) {
    fs::permissions(entry.path(), static_cast<fs::perms>(0444));
  }
  fs::permissions(folder.path(), kReadOnly);
  fs::permissions(state, kReadOnly);
  // Nothing is forbidden to the superuser.
  const bool is_superuser = ::geteuid() == 0;
  if (is_superuser) REQUIRE(::seteuid(65534) == 0);
  look();
  if (is_superuser) REQUIRE(::seteuid(0) == 0);
  fs::permissions(folder.path(), fs::perms::owner_all);
  fs::permissions(state, fs::perms::owner_all);
}

// Returns the bytes of every file, by name.
std::map<std::string, std::string> FilesIn(const std::string& state) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(state)) {
    files[entry.path().filename()] = ReadFile(entry.path());
  }
  return files;
}

TEST_CASE("the second of two updates at once says who is at work", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::string before = ContentOf(state);
  const int fd = ::open((state + "/lock").c_str(), O_RDWR);
  REQUIRE(::flock(fd, LOCK_EX) == 0);
  REQUIRE(::ftruncate(fd, 0) == 0);
  REQUIRE(::write(fd, "4711\n", 5) == 5);
  const ProcessResult second = UpdateByTool(state, 2);
  CHECK(second.exit_code == 1);
  CHECK(second.err == "storyfold: " + state +
                          "/lock: process 4711 is at work on this state\n");
  CHECK(RunTool({"state", "info", state}).exit_code == 0);  // readers may
  ::close(fd);
  CHECK(ContentOf(state) == before);
  CHECK(UpdateByTool(state, 2).exit_code == 0);
}

TEST_CASE("a reader sees one night while the next is written", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  auto reader = Database::Open(state + "/state.db", Database::Mode::kReadOnly);
  REQUIRE(reader.ok());
  reader->Execute("BEGIN");
  const int64_t before = reader->Number("SELECT count(*) FROM articles");
  UpdateWith(state, StreamNight(2));  // waits for nobody
  CHECK(reader->Number("SELECT count(*) FROM articles") == before);
  CHECK(reader->Number("SELECT max(night) FROM nights") == 1);
  reader->Execute("COMMIT");
  CHECK(reader->Number("SELECT max(night) FROM nights") == 2);
  CHECK(reader->ok());
}

TEST_CASE("files that a reader may open stay until it is gone", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const StateFiles files(state);
  UpdateWith(state, StreamNight(1));
  UpdateWith(state, StreamNight(2));
  {
    auto reader = OpenForReading(files);
    REQUIRE(reader.ok());
    REQUIRE(CompactState(state).ok());
    UpdateWith(state, StreamNight(3));
    Statement segments =
        reader->database.Prepare("SELECT segment, articles FROM segments");
    int read = 0;
    while (segments.Next()) {
      const auto segment = OpenSegment(files, segments.Int(0),
                                       static_cast<uint32_t>(segments.Int(1)));
      REQUIRE(segment.ok());
      CHECK(segment->Verify().ok());
      ++read;
    }
    CHECK(read == 2);
    CHECK(fs::exists(files.LinesFile(2)));
  }
  CHECK(fs::exists(files.SegmentFile(1)));
  UpdateWith(state, "");
  CHECK_FALSE(fs::exists(files.SegmentFile(1)));
  CHECK_FALSE(fs::exists(files.SegmentFile(2)));
  CHECK_FALSE(fs::exists(files.LinesFile(2)));
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("readers do not wait for who locks the folder, or their file",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  for (const std::string& path : {state, StateFiles(state).Readers()}) {
    const int fd = ::open(path.c_str(), O_RDONLY);
    REQUIRE(::flock(fd, LOCK_EX) == 0);
    CHECK(ReadStateInfo(state)->nights == 1);
    UpdateWith(state, StreamNight(1));
    ::close(fd);
  }
}

TEST_CASE("a state of before readers had a file is read", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::string readers = StateFiles(state).Readers();
  REQUIRE(fs::remove(readers));
  CHECK(ReadStateInfo(state)->nights == 1);
  CHECK_FALSE(fs::exists(readers));
  UpdateWith(state, StreamNight(2));
  CHECK(fs::exists(readers));
}

TEST_CASE("a state in a folder that nobody can write to is read", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  WithoutWriting(folder, state, [&] {
    const auto info = ReadStateInfo(state);
    REQUIRE(info.ok());
    CHECK(info->nights == 1);
    CHECK(VerifyState(state)->empty());
  });
}

TEST_CASE("a dry run works in a folder that nobody can write to", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const auto before = FilesIn(state);
  // Others than the superuser may keep the inputs of a night there, too.
  WriteFile(folder / "2.jsonl", StreamNight(2));
  const std::vector<std::string> inputs = {folder / "2.jsonl"};
  WithoutWriting(folder, state, [&] {
    ReadOptions read;
    read.ids_by_content = true;
    const auto crawl = ReadCrawl(inputs, read);
    REQUIRE(crawl.ok());
    const auto result = UpdateState(state, *crawl, {{}, true});
    REQUIRE(result.ok());
    CHECK(result->night == 2);
    CHECK(result->fresh == crawl->articles.size());
  });
  CHECK(FilesIn(state) == before);
}

TEST_CASE("a dry run does not ask for the lock and leaves it as it is",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const auto before = FilesIn(state);
  const auto lock = LockFile::Take(state + "/lock");
  REQUIRE(lock.ok());
  CHECK(UpdateWith(state, StreamNight(2), {{}, true}).night == 2);
  for (const auto& [name, bytes] : before) {
    CHECK(ReadFile(state + "/" + name) == bytes);
  }
}

TEST_CASE("nothing of a dry run lasts", "[state]") {
  const TempFolder folder;
  const UpdateOptions dry = {.dry_run = true};
  CHECK(UpdateWith(folder / "none", StreamNight(1), dry).fresh > 0);
  CHECK_FALSE(std::filesystem::exists(folder / "none"));
  UpdateWith(folder / "state", StreamNight(1));
  const std::string before = ContentOf(folder / "state");
  const UpdateResult result = UpdateWith(folder / "state", StreamNight(2), dry);
  CHECK(result.night == 2);
  CHECK_FALSE(result.changes.empty());
  CHECK(ContentOf(folder / "state") == before);
}

TEST_CASE("a dry run removes no leftovers and changes no schema", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const UpdateOptions dry = {.dry_run = true};
  UpdateWith(state, StreamNight(1));
  WriteFile(state + "/segment-00000099", "left");
  UpdateWith(state, StreamNight(2), dry);
  CHECK(std::filesystem::exists(state + "/segment-00000099"));
  auto database = Database::Open(state + "/state.db", Database::Mode::kWrite);
  REQUIRE(database.ok());
  database->Execute("PRAGMA user_version = 1");
  const ProcessResult result =
      RunTool({"update", "-", "--dry-run", "--state", state}, StreamNight(2));
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, ContainsSubstring("the next storyfold update"));
  CHECK(database->Number("PRAGMA user_version") == 1);
}

}  // namespace
}  // namespace storyfold
