#include "io/input_files.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Returns the format a file name stands for, or nothing.
std::optional<InputFormat> FormatByName(std::string_view name) {
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.ends_with(packed)) name.remove_suffix(packed.size());
  }
  if (name.ends_with(".txt")) return InputFormat::kText;
  for (const std::string_view suffix : {".jsonl", ".ndjson", ".json"}) {
    if (name.ends_with(suffix)) return InputFormat::kJsonLines;
  }
  return std::nullopt;
}

size_t SizeOf(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<size_t>(size);
}

// Adds the files of a folder and of those in it, without hidden ones and the
// folder `not_read`.
std::error_code ListPaths(const fs::path& folder, const std::string& not_read,
                          std::vector<fs::path>& paths) {
  std::error_code error;
  fs::recursive_directory_iterator at(
      folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator();
       at.increment(error)) {
    const bool hidden = at->path().filename().native().starts_with(".");
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      if (hidden || fs::equivalent(at->path(), not_read, ignored)) {
        at.disable_recursion_pending();
      }
    } else if (!hidden) {
      paths.push_back(at->path());
    }
  }
  return error;
}

void ListFolder(const fs::path& folder, const std::string& not_read,
                InputFiles& out) {
  std::vector<fs::path> paths;
  const std::error_code error = ListPaths(folder, not_read, paths);
  if (error) {
    out.rejected.push_back(
        {folder.native(), 0, error.message(), /*unread=*/true});
    return;
  }
  std::ranges::sort(paths, {}, [](const fs::path& p) { return p.native(); });
  for (const fs::path& path : paths) {
    const std::string name = path.lexically_relative(folder).native();
    const std::optional<InputFormat> format = FormatByName(name);
    if (format) {
      out.files.push_back({path.native(), name, *format, SizeOf(path)});
    } else {
      out.rejected.push_back(
          {path.native(), 0, "not a format that is read (by its name)"});
    }
  }
}

}  // namespace

InputFiles ListInputFiles(std::span<const std::string> inputs,
                          const std::string& not_read) {
  InputFiles out;
  for (const std::string& input : inputs) {
    std::error_code error;
    if (input == "-") {
      out.files.push_back({input, input, InputFormat::kJsonLines, 0});
    } else if (fs::is_directory(input, error)) {
      ListFolder(input, not_read, out);
    } else if (!fs::exists(input, error)) {
      out.rejected.push_back({input, 0, "no such file", /*unread=*/true});
    } else {
      const std::string name = fs::path(input).filename().native();
      const auto format = FormatByName(name).value_or(InputFormat::kJsonLines);
      out.files.push_back({input, format == InputFormat::kText ? name : input,
                           format, SizeOf(input)});
    }
  }
  return out;
}

}  // namespace storyfold
