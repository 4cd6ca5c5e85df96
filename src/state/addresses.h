#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "state/database.h"
#include "state/key_table.h"

namespace storyfold {

// Returns the record of an article in a table of addresses: the key of its URL
// and, where other tables have a place, its number.
uint64_t AddressRecord(std::string_view url, int64_t number);

// Adds the records of the articles that a night stored, in any order; none for
// no article. Errors stick to the database.
// REQUIRES: the night has none yet
void AddAddresses(int64_t night, KeyTable records, Database& database);

// Writes all records anew: those of the articles that are stored, by the URL
// they have now, in the row of the night whose segment they are in.
void RewriteAddresses(Database& database);

// Returns the number of the stored article that has each of these URLs;
// nothing where none has it, or several. Reads all records once; what a record
// says wrongly finds nothing.
// Errors: those of DecodeAddresses. Others stick to the database.
// REQUIRES: no URL is empty or there twice
absl::StatusOr<std::vector<std::optional<int64_t>>> FindByAddress(
    std::span<const std::string_view> urls, Database& database);

// Returns the records of the row of a night.
// Errors (DataLoss): the night whose records are no table of keys.
absl::StatusOr<KeyTable> DecodeAddresses(int64_t night,
                                         std::span<const std::byte> bytes);

}  // namespace storyfold
