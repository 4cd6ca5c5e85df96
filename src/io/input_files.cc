#include "io/input_files.h"

#include <absl/strings/ascii.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/string_view.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Returns the format a file name stands for, or nothing.
std::optional<InputFormat> FormatByName(std::string_view file_name) {
  const std::string lower = absl::AsciiStrToLower(ToAbsl(file_name));
  std::string_view name = lower;
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

// Returns whether a folder can be listed; one that cannot is rejected, as its
// files may be the half of a crawl.
bool IsListable(const fs::path& folder, InputFiles& out) {
  if (::access(folder.c_str(), R_OK | X_OK) == 0) return true;
  out.rejected.push_back(
      {folder.native(), 0, std::strerror(errno), /*unread=*/true});
  return false;
}

// Returns what a folder is by what it holds where that is no crawl, or nothing.
std::string_view WhatElse(const fs::path& folder) {
  const auto holds = [&](const char* name) {
    std::error_code error;
    return fs::is_regular_file(folder / name, error);
  };
  if (holds("state.db") && holds("lock")) {
    return "is a state, not read as a crawl";
  }
  if (holds("summary.json") && holds("articles.jsonl") &&
      holds("stories.jsonl") && holds("rejected.jsonl")) {
    return "holds the results of a run, not read as a crawl";
  }
  return {};
}

// Returns whether the files of a folder in another are to be read. It tells
// what else it is that is not meant to.
bool IsToBeWalked(const fs::path& folder, const std::string& not_read,
                  InputFiles& out) {
  std::error_code ignored;
  if (fs::equivalent(folder, not_read, ignored)) return false;
  if (!IsListable(folder, out)) return false;
  const std::string_view what = WhatElse(folder);
  if (what.empty()) return true;
  out.rejected.push_back({folder.native(), 0, std::string(what)});
  return false;
}

// Returns whether a path leads to a pipe, a device or the like, which might be
// read for ever.
bool IsSpecial(const fs::path& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status);
}

// Returns the files of a folder and of those in it, without hidden ones and the
// folder `not_read`.
std::vector<fs::path> ListPaths(const fs::path& folder,
                                const std::string& not_read, InputFiles& out) {
  std::vector<fs::path> paths;
  if (!IsListable(folder, out)) return paths;
  std::error_code error;
  fs::recursive_directory_iterator at(
      folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator();
       at.increment(error)) {
    const bool hidden = at->path().filename().native().starts_with(".");
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      if (hidden || !IsToBeWalked(at->path(), not_read, out)) {
        at.disable_recursion_pending();
      } else if (at->is_symlink(ignored)) {
        out.rejected.push_back(
            {at->path().native(), 0, "a link to a folder, not followed"});
      }
    } else if (!hidden) {
      paths.push_back(at->path());
    }
  }
  if (error) {
    out.rejected.push_back(
        {folder.native(), 0, error.message(), /*unread=*/true});
  }
  return paths;
}

// Lists the files of a folder, and what is rejected of it, by their paths: the
// order in which a file system names them differs between machines.
void ListFolder(const fs::path& folder, const std::string& not_read,
                InputFiles& out) {
  const auto first_rejected = static_cast<ptrdiff_t>(out.rejected.size());
  std::vector<fs::path> paths = ListPaths(folder, not_read, out);
  std::ranges::sort(paths, {}, [](const fs::path& p) { return p.native(); });
  for (const fs::path& path : paths) {
    const std::string name = path.lexically_relative(folder).native();
    const std::optional<InputFormat> format = FormatByName(name);
    if (!format) {
      out.rejected.push_back(
          {path.native(), 0, "not a format that is read (by its name)"});
    } else if (IsSpecial(path)) {
      out.rejected.push_back({path.native(), 0, "not a regular file"});
    } else {
      out.files.push_back({path.native(), name, *format, SizeOf(path)});
    }
  }
  std::ranges::stable_sort(out.rejected.begin() + first_rejected,
                           out.rejected.end(), {}, &Rejection::file);
}

}  // namespace

InputFiles ListInputFiles(std::span<const std::string> inputs,
                          const std::string& not_read) {
  InputFiles out;
  for (const std::string& input : inputs) {
    std::error_code error;
    if (input == "-") {
      out.files.push_back({input, input, InputFormat::kJsonLines, 0});
    } else if (fs::equivalent(input, not_read, error)) {
      out.rejected.push_back(
          {input, 0, "is the folder of the results", /*unread=*/true});
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
