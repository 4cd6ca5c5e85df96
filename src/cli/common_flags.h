#pragma once

#include <CLI/App.hpp>

#include "cli/config.h"

namespace storyfold {

// Options of the program itself, which every command has: how to read, how to
// run, the names of fields.
void AddCommonOptions(CLI::App& app, Config& config);

// Options of the passes, which every command has, too: a run folder or a state
// remembers them (Config::settings).
void AddPipelineOptions(CLI::App& app, Config& config);

// Says of those that a state keeps, for the help of an update: they are as the
// state has them where they are not given.
// REQUIRES: AddPipelineOptions was called
void DescribeKeptOptions(CLI::App& app);

}  // namespace storyfold
