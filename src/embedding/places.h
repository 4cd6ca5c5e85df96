#pragma once

#include <string>

namespace storyfold {

// Return the folder of models that were installed, and of what can be made
// again, as the XDG base directory specification has them; empty where the
// environment names no home.
std::string DataFolder();
std::string CacheFolder();

// Returns the folder of the running program; empty if the system does not say.
std::string ProgramFolder();

// Returns the value of an environment variable, or an empty string.
std::string Environment(const char* name);

}  // namespace storyfold
