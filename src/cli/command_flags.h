#pragma once

#include <CLI/App.hpp>

#include "cli/config.h"

namespace storyfold {

// The options that `command` alone has.
void AddOwnOptions(Command which, CLI::App& command, Config& config);

}  // namespace storyfold
