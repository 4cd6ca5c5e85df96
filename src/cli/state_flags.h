#pragma once

#include <CLI/App.hpp>

#include "cli/config.h"

namespace storyfold {

// The options of the commands about a state.
void AddUpdateOptions(CLI::App& command, StateConfig& config);
void AddStateFolder(CLI::App& command, StateConfig& config);
void AddExplainedPair(CLI::App& command, Config& config);
void AddPinOptions(CLI::App& command, Config& config);

// The commands below `storyfold state`.
void AddStateCommands(CLI::App& command, Config& config);

}  // namespace storyfold
