#pragma once

#include <memory>
#include <string>

#include "base/mapped_file.h"

namespace storyfold {

// Returns a mapped file of `bytes`, at least one, that has no name any more.
std::shared_ptr<const MappedFile> MapBytes(
    const std::string& bytes,
    MappedFile::Pages pages = MappedFile::Pages::kKeep);

}  // namespace storyfold
