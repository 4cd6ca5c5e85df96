#include "io/byte_stream.h"

#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "support/crawls.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("gzip files of several members are read", "[io]") {
  const TempFolder folder;
  AppendGzip(folder / "feed.jsonl.gz",
             CrawlRecord("a") + "\n" + CrawlRecord("b"));
  AppendGzip(folder / "feed.jsonl.gz", "\n" + CrawlRecord("c") + "\n");
  const Crawl crawl = Read({folder / "feed.jsonl.gz"});
  CHECK(Ids(crawl) == "a b c ");
  CHECK(crawl.rejected.empty());
}

TEST_CASE("gzip members may begin anywhere in what is read at once", "[io]") {
  size_t count = 0;
  const std::string feed = CountingRecords(2'000'000, count);
  const TempFolder folder;
  constexpr size_t kMember = 5'001;
  for (size_t at = 0; at < feed.size(); at += kMember) {
    AppendGzip(folder / "feed.jsonl.gz", feed.substr(at, kMember));
  }
  const Crawl crawl = Read({folder / "feed.jsonl.gz"});
  CHECK(crawl.rejected.empty());
  CHECK(IsCounting(crawl, count));
}

// A bug: zlib's gzread ends without a word where no member follows.
TEST_CASE("what follows a gzip member and is none is an error", "[io]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl.gz";
  AppendGzip(path, CrawlRecord("a") + "\n");
  const std::string member = ReadFile(path);
  const std::string behind =
      GENERATE_COPY(as<std::string>{}, CrawlRecord("lost") + "\n",
                    member.substr(1), "xy", std::string(512, '\0') + "xy");
  WriteFile(path, member + behind);
  for (const TextStorage texts : {TextStorage::kMemory, TextStorage::kFiles}) {
    ReadOptions options;
    options.texts = texts;
    const Crawl crawl = Read({path}, options);
    CHECK(Ids(crawl) == "a ");
    REQUIRE(crawl.NumUnread() == 1);
    CHECK(crawl.rejected[0].Message() ==
          path + ":2: damaged gzip data: incorrect header check");
  }
}

TEST_CASE("zeros behind the last gzip member are passed over", "[io]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl.gz";
  AppendGzip(path, CrawlRecord("a") + "\n");
  // More than are read at once.
  WriteFile(path, ReadFile(path) + std::string(700'000, '\0'));
  const Crawl crawl = Read({path});
  CHECK(Ids(crawl) == "a ");
  CHECK(crawl.rejected.empty());
}

TEST_CASE("damaged gzip data is told by what is wrong with it", "[io]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl.gz";
  AppendGzip(path, CrawlRecord("a") + "\n");
  std::string bytes = ReadFile(path);
  bytes[bytes.size() - 8] ^= 1;  // of the checksum
  WriteFile(path, bytes);
  const Crawl crawl = Read({path});
  REQUIRE(crawl.NumUnread() == 1);
  CHECK(crawl.rejected[0].reason == "damaged gzip data: incorrect data check");
}

// A bug: a download that broke off at once was a crawl without articles.
TEST_CASE("a file named as packed is not empty", "[io]") {
  const TempFolder folder;
  const std::string name =
      GENERATE("a.jsonl.gz", "a.jsonl.zst", "a.txt.gz", "A.JSONL.GZ");
  const std::string bytes = GENERATE("", "x", "\x1f", "\x28\xb5\x2f");
  CAPTURE(name, bytes);
  WriteFile(folder / name, bytes);
  const Crawl crawl = Read({folder / name});
  CHECK(crawl.articles.empty());
  REQUIRE(crawl.NumUnread() == 1);
  CHECK(crawl.rejected[0].Message() ==
        folder / name + ": packed data ends too early");
}

TEST_CASE("a file of a format that is not read is told by its first bytes",
          "[io]") {
  using namespace std::string_literals;
  const std::string wide = "UTF-16: only UTF-8 is read";
  const std::vector<std::pair<std::string, std::string>> files = {
      {"\xff\xfe{\0\"\0"s, wide},
      {"\xfe\xff\0{\0\""s, wide},
      {"{\0\"\0"s, wide},
      {"\0{\0\""s, wide},
      {"\xfd"
       "7zXZ\0\0"s,
       "packed by xz: only gzip and zstd are read"},
      {"BZh91AY&SY", "packed by bzip2: only gzip and zstd are read"}};
  const TempFolder folder;
  for (const auto& [head, reason] : files) {
    for (const char* name : {"small.jsonl", "small.txt", "mapped.jsonl"}) {
      const size_t size = name == "mapped.jsonl"s ? 1'500'000 : 100;
      WriteFile(folder / name, head + std::string(size, '\n'));
      const Crawl crawl = Read({folder / name});
      CAPTURE(name, reason);
      REQUIRE(crawl.NumUnread() == 1);
      CHECK(crawl.rejected.size() == 1);
      CHECK(crawl.rejected[0].Message() == folder / name + ": " + reason);
    }
  }
}

TEST_CASE("zstd files with frames that are passed over are read", "[io]") {
  const TempFolder folder;
  const std::string skipped("\x50\x2a\x4d\x18\4\0\0\0size", 12);
  WriteFile(folder / "feed.jsonl.zst", skipped + Zstd(CrawlRecord("a") + "\n") +
                                           skipped + Zstd(CrawlRecord("b")));
  CHECK(Ids(Read({folder / "feed.jsonl.zst"})) == "a b ");
}

TEST_CASE("a text may begin like what bzip2 writes", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "a.txt", "BZhukov was not a man of many words, he said.");
  CHECK(Ids(Read({folder / "a.txt"})) == "a.txt ");
}

TEST_CASE("zstd files of several frames are read", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl.zst",
            Zstd(CrawlRecord("a") + "\n" + CrawlRecord("b")) +
                Zstd("\n" + CrawlRecord("c") + "\n"));
  const Crawl crawl = Read({folder / "feed.jsonl.zst"});
  CHECK(Ids(crawl) == "a b c ");
  CHECK(crawl.rejected.empty());
}

TEST_CASE("packed files are told by their bytes, not by their names", "[io]") {
  const TempFolder folder;
  AppendGzip(folder / "one.jsonl", CrawlRecord("a"));
  WriteFile(folder / "two.json", Zstd(CrawlRecord("b")));
  WriteFile(folder / "three.jsonl.gz", CrawlRecord("c"));
  CHECK(Ids(Read({folder / "one.jsonl", folder / "two.json",
                  folder / "three.jsonl.gz"})) == "a b c ");
}

// All packed bytes are read before the last chunk of 1 MiB is unpacked.
TEST_CASE("the last block of a zstd file is read to its end", "[io]") {
  size_t count = 0;
  const std::string feed = CountingRecords(4'250'000, count);
  constexpr size_t kFirstFrame = 4'194'304 - 17 * 131'072 - 10'000;
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl.zst",
            Zstd(feed.substr(0, kFirstFrame)) + Zstd(feed.substr(kFirstFrame)));
  const Crawl crawl = Read({folder / "feed.jsonl.zst"});
  CHECK(crawl.rejected.empty());
  CHECK(crawl.articles.size() == count);
  CHECK(IsCounting(crawl, count));
}

}  // namespace
}  // namespace storyfold
