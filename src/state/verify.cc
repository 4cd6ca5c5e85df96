// Tested by: tests/state/damaged_state_test.cc

#include <absl/strings/str_cat.h>

#include <string>
#include <vector>

#include "base/string_view.h"
#include "boilerplate/line_state.h"
#include "state/night_terms.h"
#include "state/settings.h"
#include "state/state_folder.h"
#include "state/verify_catalogue.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

using Problems = std::vector<std::string>;

void Note(const absl::Status& status, Problems& problems) {
  if (!status.ok()) problems.emplace_back(FromAbsl(status.message()));
}

void VerifySegments(const StateFiles& files, Database& database,
                    Problems& problems) {
  Statement segments = database.Prepare(
      "SELECT segment, articles, checksum FROM segments ORDER BY segment");
  while (segments.Next()) {
    const auto segment = OpenSegment(files, segments.Int(0),
                                     static_cast<uint32_t>(segments.Int(1)));
    absl::Status status = segment.status();
    if (status.ok()) status = segment->Verify();
    if (status.ok() && ChecksumOf(segment->bytes()) != segments.Int(2)) {
      status = absl::DataLossError(
          absl::StrCat(files.SegmentFile(segments.Int(0)),
                       ": damaged: not what the catalogue names"));
    }
    Note(status, problems);
  }
}

// Notes what is wrong with a file that the catalogue names: that it is missing
// or another one, or what `decode` says of its bytes.
template <typename Decode>
void VerifyFile(const std::string& path, int64_t checksum, const Decode& decode,
                Problems& problems) {
  const auto file = MapNamedFile(path, checksum);
  if (!file.ok()) return Note(file.status(), problems);
  const absl::Status decoded = decode((*file)->bytes());
  if (!decoded.ok()) Note(DamagedFile(path, decoded), problems);
}

void VerifyNights(const StateFiles& files, Database& database,
                  Problems& problems) {
  Statement nights = database.Prepare(
      "SELECT night, changes_checksum, terms_checksum FROM nights "
      "ORDER BY night");
  while (nights.Next()) {
    Note(CheckNamedFile(files.ChangesFile(nights.Int(0)), nights.Int(1)),
         problems);
    const auto terms = nights.IntOrNone(2);
    if (!terms) continue;
    VerifyFile(
        files.TermsFile(nights.Int(0)), *terms,
        [](const auto& bytes) { return DecodeNightTerms(bytes).status(); },
        problems);
  }
  Statement lines = database.Prepare(
      "SELECT night, lines_checksum FROM nights WHERE lines_checksum NOT NULL "
      "ORDER BY night DESC LIMIT 1");
  if (!lines.Next()) return;
  VerifyFile(
      files.LinesFile(lines.Int(0)), lines.Int(1),
      [](const auto& bytes) { return LineState::Decode(bytes).status(); },
      problems);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> VerifyState(
    const std::string& folder) {
  const StateFiles files(folder);
  auto state = OpenForReading(files);
  if (!state.ok()) {
    if (absl::IsDataLoss(state.status())) {
      return Problems{std::string(FromAbsl(state.status().message()))};
    }
    return state.status();
  }
  Database& database = state->database;
  Problems problems;
  for (const std::string& problem : VerifyCatalogue(database)) {
    problems.push_back(absl::StrCat(files.Catalogue(), ": ", problem));
  }
  VerifySegments(files, database, problems);
  VerifyNights(files, database, problems);
  // Whatever could not be read of the catalogue is an error here, too.
  Note(ReadSettings(database).status(), problems);
  return problems;
}

}  // namespace storyfold
