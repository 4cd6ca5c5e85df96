// Catalogues, lines and words of a state made to do harm, for libFuzzer: see
// fuzz_segment.cc; target fuzz_state. The corpus are state.db of small states
// (`sqlite3 state.db 'PRAGMA journal_mode = DELETE'` first) and the folder they
// are of: FUZZ_STATE=FOLDER, whose other files are used beside the catalogue.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "boilerplate/line_state.h"
#include "state/night_terms.h"
#include "state/stored_pair.h"
#include "state/stored_story.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Returns a folder with the other files of a state.
std::string WorkFolder() {
  std::string folder = fs::temp_directory_path() / "fuzz-state-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) std::abort();
  const char* state = std::getenv("FUZZ_STATE");
  for (const auto& entry : fs::directory_iterator(state ? state : folder)) {
    const std::string file = entry.path().filename();
    if (!file.starts_with("state.db")) fs::copy(entry, folder);
  }
  return folder;
}

void ReadState(const std::string& folder) {
  const auto ignore = [](std::string_view) {};
  (void)ReadStateInfo(folder);
  (void)DescribeState(folder);
  (void)ExportArticles(folder, ignore);
  (void)ExportStories(folder, ignore);
  (void)ExportChanges(folder, ignore);
  (void)LoadStoredPair(folder, "a1-1-1", "a1-2-1");
  (void)LoadStoredStory(folder, "s00000001");
  const Crawl nothing;
  (void)UpdateState(folder, nothing, {{}, /*dry_run=*/true});
  (void)VerifyState(folder);
}

}  // namespace
}  // namespace storyfold

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string folder = storyfold::WorkFolder();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)storyfold::LineState::Decode(bytes);
  (void)storyfold::DecodeNightTerms(bytes);
  std::ofstream(folder + "/state.db", std::ios::binary) << bytes;
  storyfold::ReadState(folder);
  return 0;
}
