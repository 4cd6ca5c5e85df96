#pragma once

#include <string>
#include <vector>

#include "state/database.h"

namespace storyfold {

// Returns what is wrong with the catalogue of a state of this schema, a line
// each: its structure, what it names in itself that is not there, and values
// that no update writes. A value that was changed to another possible one is
// not found. Errors of the database stick to it.
std::vector<std::string> VerifyCatalogue(Database& database);

}  // namespace storyfold
