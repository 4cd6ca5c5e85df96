#include "io/byte_stream.h"

#include <string>

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
