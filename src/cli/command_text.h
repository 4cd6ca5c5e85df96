#pragma once

#include <absl/types/span.h>

#include "cli/config.h"

namespace storyfold {

// What `storyfold -h` and `storyfold COMMAND -h` say of a command.
struct CommandText {
  const char* name;
  Command command;
  const char* description;
  const char* example;
};

// One of each command, in the order help lists them.
absl::Span<const CommandText> CommandTexts();

}  // namespace storyfold
