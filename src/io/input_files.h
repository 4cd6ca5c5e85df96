#pragma once

#include <span>
#include <string>
#include <vector>

#include "storyfold/crawl.h"

namespace storyfold {

enum class InputFormat { kJsonLines, kText };

// A file to read.
struct InputFile {
  std::string path;  // "-" for standard input
  std::string name;  // what messages call it, and the id of a text article:
                     // the path as given, or below the folder given
  InputFormat format = InputFormat::kJsonLines;
  size_t bytes = 0;  // 0 when unknown
};

struct InputFiles {
  std::vector<InputFile> files;
  std::vector<Rejection> rejected;
};

// Returns the files that `inputs` (files, folders, "-") name, folders expanded
// with all below them in the order of the paths. Files that cannot hold
// articles and paths that do not exist are rejected, those of a folder in the
// order of the paths, too: also folders in folders that hold results of an
// earlier run, or a state, and what is no regular file. Hidden files in folders
// are left out, and so is the folder `not_read` where it stands in another.
// Named itself it is rejected.
InputFiles ListInputFiles(std::span<const std::string> inputs,
                          const std::string& not_read = "");

}  // namespace storyfold
