#pragma once

#include <string_view>

namespace storyfold {

// Writes all of `bytes` to an open file, in as many calls as it takes. Returns
// false, with errno set, where the file takes no more.
bool WriteAll(int fd, std::string_view bytes);

}  // namespace storyfold
