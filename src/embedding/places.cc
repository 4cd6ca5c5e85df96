#include "embedding/places.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace storyfold {
namespace {

std::string OwnFolder(const char* variable, const char* below_home) {
  const std::string base = Environment(variable);
  if (!base.empty()) return base + "/storyfold";
  const std::string home = Environment("HOME");
  return home.empty() ? "" : home + below_home + "/storyfold";
}

}  // namespace

std::string DataFolder() { return OwnFolder("XDG_DATA_HOME", "/.local/share"); }

std::string CacheFolder() { return OwnFolder("XDG_CACHE_HOME", "/.cache"); }

std::string ProgramFolder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "" : program.parent_path().string();
}

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace storyfold
