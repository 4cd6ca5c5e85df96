#include "io/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <utility>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

std::string Text(const absl::Status& status) {
  return std::string(status.message());
}

TEST_CASE("a file has its name only after Commit", "[io]") {
  const TempFolder folder;
  OutputFile file(folder / "out.jsonl");
  file.Append("one\n");
  file.Append("two\n");
  CHECK_FALSE(fs::exists(folder / "out.jsonl"));
  CHECK(file.Close().ok());
  CHECK_FALSE(fs::exists(folder / "out.jsonl"));
  CHECK(ReadFile(folder / "out.jsonl.partial") == "one\ntwo\n");
  CHECK(file.Commit().ok());
  CHECK(ReadFile(folder / "out.jsonl") == "one\ntwo\n");
  CHECK_FALSE(fs::exists(folder / "out.jsonl.partial"));
}

TEST_CASE("the file of an earlier run stays until Commit", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "out.jsonl", "old");
  OutputFile file(folder / "out.jsonl");
  file.Append("new");
  REQUIRE(file.Close().ok());
  CHECK(ReadFile(folder / "out.jsonl") == "old");
  REQUIRE(file.Commit().ok());
  CHECK(ReadFile(folder / "out.jsonl") == "new");
}

TEST_CASE("a file that is not committed leaves nothing behind", "[io]") {
  const TempFolder folder;
  {
    OutputFile dropped(folder / "dropped");
    dropped.Append("x");
    OutputFile closed(folder / "closed");
    CHECK(closed.Close().ok());
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a file that is moved is removed once", "[io]") {
  const TempFolder folder;
  {
    OutputFile first(folder / "out");
    first.Append("kept by ");
    OutputFile second(std::move(first));
    second.Append("the second");
    REQUIRE(second.Close().ok());
    REQUIRE(second.Commit().ok());
  }
  CHECK(ReadFile(folder / "out") == "kept by the second");
}

TEST_CASE("more than the buffer holds is written in order", "[io]") {
  const TempFolder folder;
  std::string expected;
  OutputFile file(folder / "out");
  for (int i = 0; i < 300'000; ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    file.Append(line);
    expected += line;
  }
  REQUIRE(file.Close().ok());
  REQUIRE(file.Commit().ok());
  const bool same = ReadFile(folder / "out") == expected;
  CHECK(same);
}

TEST_CASE("a file in a folder that is not there is an error", "[io]") {
  const TempFolder folder;
  OutputFile file(folder / "none/out");
  file.Append("x");
  const absl::Status status = file.Close();
  CHECK(Text(status) == (folder / "none/out") +
                            ": cannot be created: No such file or directory");
  CHECK(file.Commit() == status);
}

TEST_CASE("a full disk is an error that says so", "[io]") {
  if (!fs::exists("/dev/full")) {
    WARN("skipped: no /dev/full");
    return;
  }
  const TempFolder folder;
  // The partial file is a link to the device that is always full.
  fs::create_symlink("/dev/full", folder / "out.partial");
  {
    OutputFile file(folder / "out");
    file.Append("x");
    const absl::Status status = file.Close();
    CHECK(status.code() == absl::StatusCode::kInternal);
    CHECK(Text(status) ==
          (folder / "out") + ": cannot be written: No space left on device");
    CHECK(file.Commit() == status);
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a link stays, and its file is written", "[io]") {
  const TempFolder folder;
  fs::create_directory(folder / "there");
  fs::create_symlink("there/second", folder / "first");
  fs::create_symlink("file", folder / "there/second");
  for (const char* text : {"x", "yz"}) {  // a new file, and one that is there
    OutputFile file(folder / "first");
    file.Append(text);
    REQUIRE(file.Close().ok());
    REQUIRE(file.Commit().ok());
    CHECK(ReadFile(folder / "there/file") == text);
  }
  CHECK(fs::is_symlink(folder / "first"));
  CHECK(fs::is_symlink(folder / "there/second"));
}

TEST_CASE("a device or a pipe is written to, and stays what it is", "[io]") {
  const TempFolder folder;
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  {
    OutputFile file(pipe);
    file.Append("line");
    REQUIRE(file.Close().ok());
    REQUIRE(file.Commit().ok());
  }
  char bytes[8] = {};
  CHECK(::read(reader, bytes, sizeof(bytes)) == 4);
  ::close(reader);
  CHECK(fs::is_fifo(pipe));
  CHECK(std::distance(fs::directory_iterator(folder.path()),
                      fs::directory_iterator()) == 1);
}

TEST_CASE("a file cannot take the name of a folder", "[io]") {
  const TempFolder folder;
  fs::create_directory(folder / "out");
  {
    OutputFile file(folder / "out");
    REQUIRE(file.Close().ok());
    CHECK_THAT(Text(file.Commit()),
               ContainsSubstring("out: cannot be renamed into place: "));
  }
  CHECK_FALSE(fs::exists(folder / "out.partial"));
}

}  // namespace
}  // namespace storyfold
