#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "state/database.h"
#include "storyfold/pipeline.h"
#include "storyfold/state.h"

namespace storyfold {

// Returns the settings that a state was made with, all of them but `words`,
// which a state has only where it was given some; the usual ones in a new
// state. Errors (DataLoss): a value that no update writes.
absl::StatusOr<StateSettings> ReadSettings(Database& database);

// Returns `before` with what `given` has in its place; the model is not given
// so.
StateSettings Override(const StateSettings& before, const StateSettings& given);

// Writes the settings that hold from `night` on, as far as they are not stored
// so. Returns a line for people for each that a state has in place of another,
// by the names of flags: "--granularity 0.5 (was 0)".
std::vector<std::string> WriteSettings(const StateSettings& settings,
                                       int64_t night, Database& database);

// Returns what a model is known by, an empty string for none.
std::string ModelName(const Embedder* embedder);

// Returns whether a state that goes by the model `name` can be read with this
// one. Errors (FailedPrecondition): it is another, or there is none.
absl::Status CheckModel(const std::string& name, const Embedder* embedder);

// Returns the options of the passes. Errors: what is wrong with a setting.
absl::StatusOr<PipelineOptions> PipelineOptionsOf(
    const StateSettings& settings);

}  // namespace storyfold
