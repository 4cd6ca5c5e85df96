// Which command goes by which of the options that stand on the program itself.
// Those of the table that a command does not use are no part of its help, and
// an error on its command line.
//
// Tested by: tests/cli/option_uses_test.cc

#include "cli/option_uses.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <iterator>

namespace storyfold {
namespace {

// A bit for each command.
using Commands = uint32_t;

constexpr Commands Set(std::initializer_list<Command> commands) {
  Commands set = 0;
  for (const Command command : commands) {
    set |= Commands{1} << static_cast<unsigned>(command);
  }
  return set;
}

constexpr Commands kTellStoriesOnce = Set({Command::kRun, Command::kStories});
constexpr Commands kTellStories = kTellStoriesOnce | Set({Command::kUpdate});
// `boilerplate` finds stories, too, by words alone.
constexpr Commands kAskStories = kTellStories | Set({Command::kBoilerplate});
constexpr Commands kFlagLines =
    kTellStories | Set({Command::kBoilerplate, Command::kBackground});
constexpr Commands kFindCopies =
    kFlagLines | Set({Command::kDedup, Command::kClusters});
constexpr Commands kRead =
    kFindCopies | Set({Command::kPairs, Command::kFingerprint});
// Explain asks the model again that a run or a state went by.
constexpr Commands kAskModels = kTellStories | Set({Command::kExplain});

struct OptionUse {
  std::string_view flag;
  Commands commands;
};

constexpr OptionUse kUses[] = {
    {"--low-memory",
     (kRead & ~Set({Command::kUpdate})) | Set({Command::kExplain})},
    {"--strict", kRead},
    {"--id-field", kRead | Set({Command::kEval})},
    {"--title-field", kRead},
    {"--text-field", kRead},
    {"--url-field", kRead},
    {"--source-field", kRead},
    {"--time-field", kRead},
    {"--lang-field", kRead},
    {"--vector-field", kTellStoriesOnce},
    {"--min-similarity", kFindCopies},
    {"--max-bucket", kFindCopies | Set({Command::kPairs})},
    {"--min-texts", kFindCopies},
    {"--learned", kFlagLines & ~Set({Command::kUpdate})},
    {"--window", kAskStories},
    {"--granularity", kAskStories},
    {"--words", kAskStories},
    {"--vectors", kTellStoriesOnce},
    {"--model", kAskModels},
    {"--no-model", kAskModels},
    {"--vector-cache", kAskModels},
};

}  // namespace

bool IsUsed(Command command, std::string_view flag) {
  const auto* const use = std::ranges::find(kUses, flag, &OptionUse::flag);
  return use == std::end(kUses) || (use->commands & Set({command})) != 0;
}

}  // namespace storyfold
