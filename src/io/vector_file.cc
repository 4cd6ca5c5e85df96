#include "io/vector_file.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include <utility>
#include <vector>

#include "base/string_view.h"
#include "io/text_file.h"

namespace storyfold {
namespace {

constexpr std::string_view kMatrixEnd = ".npy";

absl::Status Error(const std::string& path, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(path, what));
}

// Returns the row of each id of a text of one id a line.
absl::StatusOr<absl::flat_hash_map<std::string, uint32_t>> ParseIds(
    const std::string& path, const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  absl::flat_hash_map<std::string, uint32_t> row_of;
  row_of.reserve(lines.size());
  for (uint32_t row = 0; std::string & line : lines) {
    if (line.ends_with('\r')) line.pop_back();
    const std::string place = absl::StrCat(":", row + 1, ": ");
    if (line.empty()) return Error(path, place + "no id");
    const auto [at, is_new] = row_of.try_emplace(line, row);
    if (!is_new) {
      return Error(path,
                   absl::StrCat(place, "id \"", line, "\" stands in line ",
                                at->second + 1, " too"));
    }
    ++row;
  }
  return row_of;
}

}  // namespace

absl::StatusOr<VectorFile> VectorFile::Read(const std::string& path) {
  if (!path.ends_with(kMatrixEnd)) {
    return Error(path, ": the name does not end in .npy");
  }
  VectorFile file;
  auto matrix = NpyMatrix::Read(path);
  if (!matrix.ok()) return matrix.status();
  file.matrix_ = *std::move(matrix);
  const std::string ids_path =
      path.substr(0, path.size() - kMatrixEnd.size()) + ".ids";
  const auto text = ReadWholeFile(ids_path);
  if (!text.ok()) {
    return absl::Status(
        text.status().code(),
        absl::StrCat(ids_path, ": ", text.status().message(),
                     " (the ids of the rows of ", path, ", one a line)"));
  }
  auto row_of = ParseIds(ids_path, *text);
  if (!row_of.ok()) return row_of.status();
  file.row_of_ = *std::move(row_of);
  if (file.row_of_.size() != file.rows()) {
    return Error(ids_path,
                 absl::StrCat(": has ", file.row_of_.size(), " ids for the ",
                              file.rows(), " rows of ", path));
  }
  return file;
}

size_t VectorFile::GiveTo(std::span<Article> articles) const {
  size_t given = 0;
  for (Article& article : articles) {
    const auto row = row_of_.find(ToAbsl(article.id));
    if (row == row_of_.end()) continue;
    article.vector = matrix_.Row(row->second);
    ++given;
  }
  return given;
}

}  // namespace storyfold
