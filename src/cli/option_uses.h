#pragma once

#include <string_view>

#include "cli/config.h"

namespace storyfold {

// Returns whether `command` goes by the option `flag` ("--window") of the
// program, or would ignore it. A file of options, which commands share, may
// name them all.
bool IsUsed(Command command, std::string_view flag);

}  // namespace storyfold
