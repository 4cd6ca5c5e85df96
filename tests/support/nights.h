#pragma once

#include <map>
#include <string>
#include <vector>

#include "storyfold/state.h"
#include "support/process.h"

namespace storyfold {

// An article of a made-up crawl.
struct NightRecord {
  std::string id = {};
  std::string title = {};
  std::string text = {};
  std::string url = {};
  std::string source = "harborlight.example";
  std::string published = {};  // empty: none
};

// Returns the records as lines of JSON.
std::string AsJsonLines(const std::vector<NightRecord>& records);

// Reports of invented events, each told by several articles, some of them
// copies, over the nights of March 2031: night n of a small stream, n from 1.
std::string StreamNight(int night);

// Returns the first night of a large window: 5,100 articles, a0 and so on, more
// than are read as a whole, each with a text of its own.
std::string LargeNight();

// Adds the lines to the state; must succeed.
UpdateResult UpdateWith(const std::string& folder, const std::string& lines,
                        const UpdateOptions& options = {});

// Runs SQL on the catalogue of a state behind its back; must succeed.
void RunSql(const std::string& folder, const std::string& sql);

// Runs the tool's update with a night of the small stream.
ProcessResult UpdateByTool(const std::string& folder, int night);

// Returns the story, or the cluster of copies, of each id.
std::map<std::string, std::string> StoriesIn(const std::string& folder);
std::map<std::string, std::string> ClustersIn(const std::string& folder);

// Returns all that a state holds, as text: every table but the log of runs,
// and the bytes of every file but the catalogue's.
std::string ContentOf(const std::string& folder);

// Returns the lines that a function writes.
std::vector<std::string> LinesOf(const std::string& folder,
                                 absl::Status (*exporter)(const std::string&,
                                                          const LineWriter&));

}  // namespace storyfold
