#pragma once

#include <absl/status/statusor.h>

#include <memory>
#include <string>

#include "io/line_chunks.h"
#include "storyfold/crawl.h"

namespace storyfold {

// The lines of one input file.
struct InputLines {
  std::unique_ptr<LineSource> lines;
  // Keeps the lines where they are after reading; nullptr where they go.
  std::shared_ptr<const MappedFile> file;
};

// Opens a file, or standard input for "-", packed or not. Plain files are
// mapped; others are read as a stream of which `chunks_kept` chunks are kept
// (see StreamLines) or, by TextStorage::kFiles, unpacked into a temporary file
// first ($TMPDIR, else /tmp), which disappears with the process. Files of less
// than 1 MiB, unpacked, are always streams, because a process may have some
// 30,000 mapped files only; so are those that cannot be mapped.
// Errors: what the system says, without the file's name; ResourceExhausted
// where the temporary file cannot be written.
absl::StatusOr<InputLines> OpenLines(const std::string& path,
                                     TextStorage storage, size_t chunks_kept);

}  // namespace storyfold
