#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dates.h"
#include "options.h"
#include "random.h"
#include "records.h"

namespace storyfold {

// Where articles are written: one file, or the crawls of many nights.
//
// In a stream one article of fifty is crawled one or two nights late, one of
// five hundred states no time, and one of five hundred 1970 or 2099.
class CrawlFiles {
 public:
  // REQUIRES: options come from ParseFlags without error
  explicit CrawlFiles(const CorpusOptions& options);

  // Where an article goes, and the time it states, or nothing.
  struct Place {
    OutputFile* file;
    std::string published;
  };
  Place PlaceOf(Moment published);

  void Close();

  // The first error of a file, empty when all went well.
  std::string error() const;
  bool is_pipe_closed() const { return files_[0]->is_pipe_closed(); }
  uint64_t num_bytes() const;

 private:
  bool is_stream_;
  Random random_;
  std::vector<std::unique_ptr<OutputFile>> files_;
};

}  // namespace storyfold
