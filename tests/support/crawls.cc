#include "support/crawls.h"

#include <absl/strings/str_cat.h>
#include <zlib.h>
#include <zstd.h>

#include <utility>

#include "catch.h"
#include "support/process.h"

namespace storyfold {

std::string CrawlRecord(const std::string& id) {
  return absl::StrCat("{\"id\":\"", id, "\",\"text\":\"text of ", id, "\"}");
}

std::string CountingRecords(size_t bytes, size_t& count) {
  std::string feed;
  for (count = 0; feed.size() < bytes; ++count) {
    feed += CrawlRecord(std::to_string(count)) + "\n";
  }
  return feed;
}

bool IsCounting(const Crawl& crawl, size_t count) {
  if (crawl.articles.size() != count) return false;
  for (size_t i = 0; i < count; ++i) {
    const std::string id = std::to_string(i);
    if (crawl.articles[i].id != id) return false;
    if (crawl.articles[i].text != "text of " + id) return false;
    if (crawl.records[i] != CrawlRecord(id)) return false;
  }
  return true;
}

void AppendGzip(const std::string& path, const std::string& bytes) {
  const gzFile file = gzopen(path.c_str(), "ab");
  REQUIRE(file != nullptr);
  REQUIRE(gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size())) ==
          static_cast<int>(bytes.size()));
  REQUIRE(gzclose(file) == Z_OK);
}

std::string Zstd(const std::string& bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(),
                              bytes.size(), 1));
  return packed;
}

Crawl Read(const std::vector<std::string>& inputs, const ReadOptions& options) {
  auto crawl = ReadCrawl(inputs, options);
  REQUIRE(crawl.ok());
  return std::move(*crawl);
}

std::string Ids(const Crawl& crawl) {
  std::string ids;
  for (const Article& article : crawl.articles) {
    ids.append(article.id).append(" ");
  }
  return ids;
}

std::string IdsOf(const std::string& bytes) {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", bytes);
  return Ids(Read({folder / "feed.jsonl"}));
}

}  // namespace storyfold
