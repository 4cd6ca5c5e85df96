#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storyfold/crawl.h"

namespace storyfold {

// Returns a line of a feed, without its end, whose text is "text of <id>".
std::string CrawlRecord(const std::string& id);

// Returns lines of about 60 bytes with the ids 0, 1, ... up to at least
// `bytes`, and how many they are.
std::string CountingRecords(size_t bytes, size_t& count);

// Returns whether a crawl is that of `count` such lines.
bool IsCounting(const Crawl& crawl, size_t count);

// Writes one gzip member at the end of a file.
void AppendGzip(const std::string& path, const std::string& bytes);

// Returns one zstd frame.
std::string Zstd(const std::string& bytes);

// Reads inputs, which must succeed.
Crawl Read(const std::vector<std::string>& inputs,
           const ReadOptions& options = {});

// Returns the ids of a crawl, each with a space behind it.
std::string Ids(const Crawl& crawl);

// Returns the ids of a file of these bytes.
std::string IdsOf(const std::string& bytes);

}  // namespace storyfold
