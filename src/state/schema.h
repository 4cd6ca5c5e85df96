#pragma once

#include <absl/status/status.h>

#include "state/database.h"

namespace storyfold {

// The version of the tables that this code reads and writes.
inline constexpr int64_t kSchemaVersion = 6;

// Returns whether a file has no tables yet, as of an update that was ended
// before it made them.
bool IsEmpty(Database& database);

// Makes the tables in an empty file, or brings those of an earlier version to
// this one, in one transaction.
// Errors: FailedPrecondition where a newer storyfold wrote the file; DataLoss
// where it is no state.
absl::Status PrepareSchema(Database& database);

// Returns whether an earlier storyfold made the tables of a state.
bool IsEarlierSchema(Database& database);

// Returns whether the schema is one that has settings.
bool HasSettings(Database& database);

// Returns an error where PrepareSchema would have something to do, or could not
// do it.
absl::Status CheckSchema(Database& database);

}  // namespace storyfold
