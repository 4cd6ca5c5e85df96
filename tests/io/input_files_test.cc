#include "io/input_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "catch.h"
#include "support/crawls.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a folder is read in the order of the paths", "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / "b/deep");
  WriteFile(folder / "c.jsonl", CrawlRecord("4"));
  WriteFile(folder / "a.ndjson", CrawlRecord("1"));
  WriteFile(folder / "b/x.json", CrawlRecord("3"));
  AppendGzip(folder / "b/deep/y.jsonl.gz", CrawlRecord("2"));
  WriteFile(folder / "d.jsonl.zst", Zstd(CrawlRecord("5")));
  const Crawl crawl = Read({folder.path()});
  CHECK(Ids(crawl) == "1 2 3 4 5 ");
  CHECK(crawl.num_files == 5);
}

TEST_CASE("inputs are read in the order they are given", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "b.jsonl", CrawlRecord("b"));
  WriteFile(folder / "a.jsonl", CrawlRecord("a"));
  CHECK(Ids(Read({folder / "b.jsonl", folder / "a.jsonl"})) == "b a ");
}

TEST_CASE("hidden files and folders are left out of folders", "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / ".git/x");
  WriteFile(folder / ".git/x/a.jsonl", CrawlRecord("a"));
  WriteFile(folder / ".b.jsonl", CrawlRecord("b"));
  WriteFile(folder / "c.jsonl", CrawlRecord("c"));
  const Crawl crawl = Read({folder.path()});
  CHECK(Ids(crawl) == "c ");
  CHECK(crawl.rejected.empty());
}

TEST_CASE("a folder that cannot be listed is named, the others are read",
          "[io]") {
  if (::geteuid() == 0) {
    WARN("skipped: root may read every folder");
    return;
  }
  const TempFolder folder;
  fs::create_directories(folder / "locked");
  WriteFile(folder / "locked/b.jsonl", CrawlRecord("b"));
  WriteFile(folder / "a.jsonl", CrawlRecord("a"));
  fs::permissions(folder / "locked", fs::perms::none);
  const Crawl crawl = Read({folder.path()});
  const Crawl named = Read({folder / "locked"});
  fs::permissions(folder / "locked", fs::perms::owner_all);
  CHECK(Ids(crawl) == "a ");
  CHECK(crawl.NumUnread() == 1);
  CHECK(named.NumUnread() == 1);
}

// A bug: they were rejected in the order of the file system.
TEST_CASE("what is rejected of a folder is in the order of the paths", "[io]") {
  if (::geteuid() == 0) {
    WARN("skipped: root may read every folder");
    return;
  }
  const TempFolder folder;
  std::string expected;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    fs::create_directories(folder / name);
    fs::permissions(folder / name, fs::perms::none);
    WriteFile(folder / name + ".png", "\x89PNG");
    expected += folder / name + " " + (folder / name + ".png ");
  }
  std::string rejected;
  for (const Rejection& r : Read({folder.path()}).rejected) {
    rejected += r.file + " ";
    if (r.unread) fs::permissions(r.file, fs::perms::owner_all);
  }
  CHECK(rejected == expected);
}

TEST_CASE("the folder of the results is left out of the folder around it",
          "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / "crawl/out");
  WriteFile(folder / "crawl/a.jsonl", CrawlRecord("a"));
  WriteFile(folder / "crawl/out/b.jsonl", CrawlRecord("b"));
  ReadOptions options;
  CHECK(Ids(Read({folder / "crawl"}, options)) == "a b ");
  options.not_read = folder / "crawl/../crawl/out/";
  CHECK(Ids(Read({folder / "crawl"}, options)) == "a ");
}

// A bug: an update that was given its own state stored the changes of earlier
// nights as articles.
TEST_CASE("the folder of the results is rejected where it is named itself",
          "[io]") {
  const TempFolder folder;
  fs::create_directory(folder / "out");
  fs::create_symlink(folder / "out", folder / "link");
  WriteFile(folder / "out/b.jsonl", CrawlRecord("b"));
  ReadOptions options;
  options.not_read = folder / "out";
  for (const std::string& input :
       {folder / "out", folder / "out/", folder / "link"}) {
    const Crawl crawl = Read({input}, options);
    CHECK(crawl.articles.empty());
    REQUIRE(crawl.NumUnread() == 1);
    CHECK(crawl.rejected[0].Message() ==
          input + ": is the folder of the results");
  }
}

// A bug: the articles of an earlier run were read before those of the crawl,
// which were then rejected as seen before.
TEST_CASE("results and states in a folder that is read are passed over",
          "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / "a/out");
  fs::create_directories(folder / "a/state");
  WriteFile(folder / "b.jsonl", CrawlRecord("b"));
  for (const char* name : {"articles.jsonl", "stories.jsonl", "rejected.jsonl",
                           "boilerplate.jsonl", "summary.json"}) {
    WriteFile(folder / "a/out/" + name, CrawlRecord(name));
  }
  for (const char* name : {"state.db", "lock", "changes-00000001.jsonl"}) {
    WriteFile(folder / "a/state/" + name, CrawlRecord(name));
  }
  const Crawl crawl = Read({folder.path()});
  CHECK(Ids(crawl) == "b ");
  REQUIRE(crawl.rejected.size() == 2);
  CHECK(crawl.NumUnread() == 0);
  CHECK(crawl.rejected[0].Message() ==
        folder / "a/out: holds the results of a run, not read as a crawl");
  CHECK(crawl.rejected[1].Message() ==
        folder / "a/state: is a state, not read as a crawl");
  CHECK(Read({folder / "a/out"}).articles.size() == 5);
  CHECK(Read({folder / "a/state"}).articles.size() == 1);
}

TEST_CASE("a folder that has only some names of results is read", "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / "a");
  for (const char* name : {"articles.jsonl", "stories.jsonl", "summary.json"}) {
    WriteFile(folder / "a/" + name, CrawlRecord(name));
  }
  WriteFile(folder / "a/state.db", "of something else");
  CHECK(Ids(Read({folder.path()})) ==
        "articles.jsonl stories.jsonl summary.json ");
}

// A bug: a pipe that nobody writes to was waited for.
TEST_CASE("of a folder only regular files are read", "[io]") {
  const TempFolder folder;
  REQUIRE(::mkfifo((folder / "a.jsonl").c_str(), 0600) == 0);
  fs::create_symlink("/dev/zero", folder / "b.txt");
  fs::create_symlink("nowhere", folder / "c.jsonl");
  WriteFile(folder / "d.jsonl", CrawlRecord("d"));
  fs::create_symlink("d.jsonl", folder / "e.json");
  const Crawl crawl = Read({folder.path()});
  CHECK(Ids(crawl) == "d ");
  REQUIRE(crawl.rejected.size() == 4);
  CHECK(crawl.rejected[0].Message() == folder / "a.jsonl: not a regular file");
  CHECK(crawl.rejected[1].Message() == folder / "b.txt: not a regular file");
  CHECK(crawl.rejected[2].Message() ==
        folder / "c.jsonl: No such file or directory");
  CHECK(crawl.NumUnread() == 1);  // what the link led to
}

TEST_CASE("a link to a folder is not followed, and told", "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / "crawl");
  fs::create_directories(folder / "real");
  WriteFile(folder / "real/a.jsonl", CrawlRecord("a"));
  WriteFile(folder / "crawl/b.jsonl", CrawlRecord("b"));
  fs::create_symlink("../real", folder / "crawl/link");
  const Crawl crawl = Read({folder / "crawl"});
  CHECK(Ids(crawl) == "b ");
  REQUIRE(crawl.rejected.size() == 1);
  CHECK(crawl.rejected[0].Message() ==
        folder / "crawl/link: a link to a folder, not followed");
  CHECK(Ids(Read({folder / "crawl/link"})) == "a ");
}

TEST_CASE("the case of a file name's ending does not matter", "[io]") {
  const TempFolder folder;
  AppendGzip(folder / "A.JSONL.GZ", CrawlRecord("a"));
  WriteFile(folder / "B.Json", CrawlRecord("b"));
  WriteFile(folder / "C.TXT", "A text.");
  CHECK(Ids(Read({folder.path()})) == "a b C.TXT ");
}

TEST_CASE("a hidden file or folder is read when it is named", "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / ".x");
  WriteFile(folder / ".x/a.jsonl", CrawlRecord("a"));
  CHECK(Ids(Read({folder / ".x"})) == "a ");
  CHECK(Ids(Read({folder / ".x/a.jsonl"})) == "a ");
}

TEST_CASE("files of a folder that hold no articles are listed", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", CrawlRecord("a"));
  WriteFile(folder / "logo.png", "\x89PNG");
  const Crawl crawl = Read({folder.path()});
  CHECK(Ids(crawl) == "a ");
  REQUIRE(crawl.rejected.size() == 1);
  CHECK(crawl.rejected[0].Message() ==
        (folder / "logo.png") + ": not a format that is read (by its name)");
  CHECK(crawl.NumRecords() == 2);
}

TEST_CASE("the text files of a folder are articles named by their paths",
          "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / "sub");
  WriteFile(folder / "sub/one.txt", "The first text of the folder.\n");
  AppendGzip(folder / "two.txt.gz", "The second text of the folder.\n");
  const Crawl crawl = Read({folder.path()});
  CHECK(Ids(crawl) == "sub/one.txt two.txt.gz ");
  CHECK(crawl.articles[0].text == "The first text of the folder.\n");
  CHECK(crawl.articles[1].text == "The second text of the folder.\n");
  CHECK(crawl.records[0] == R"({"id":"sub/one.txt","title":"",)"
                            R"("text":"The first text of the folder.\n"})");
}

TEST_CASE("a text file that is named itself has its name as id", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "one.txt", "A text.");
  CHECK(Ids(Read({folder / "one.txt"})) == "one.txt ");
}

TEST_CASE("files of one name in two folders keep their articles", "[io]") {
  const TempFolder folder;
  for (const char* day : {"monday", "tuesday"}) {
    std::filesystem::create_directory(folder / day);
    WriteFile(folder / (std::string(day) + "/feed.jsonl"),
              "{\"text\":\"x\"}\n");
  }
  const Crawl crawl = Read({folder / "monday", folder / "tuesday"});
  CHECK(crawl.rejected.empty());
  REQUIRE(crawl.articles.size() == 2);
  CHECK(crawl.articles[0].id == "feed.jsonl:1");
  CHECK(crawl.articles[1].id == folder / "tuesday/feed.jsonl" + ":1");
}

// A bug: both records said that their id was "page.txt".
TEST_CASE("text files of one name in two folders say the ids they have",
          "[io]") {
  const TempFolder folder;
  for (const char* day : {"monday", "tuesday"}) {
    fs::create_directory(folder / day);
    WriteFile(folder / day + "/page.txt", std::string("Of ") + day);
  }
  const Crawl crawl = Read({folder / "monday", folder / "tuesday"});
  const std::string other = folder / "tuesday/page.txt";
  CHECK(Ids(crawl) == "page.txt " + other + " ");
  REQUIRE(crawl.records.size() == 2);
  CHECK(crawl.records[0] ==
        R"({"id":"page.txt","title":"","text":"Of monday"})");
  CHECK(crawl.records[1] ==
        R"({"id":")" + other + R"(","title":"","text":"Of tuesday"})");
}

}  // namespace
}  // namespace storyfold
