#pragma once

#include <string>
#include <string_view>

namespace storyfold {

// Returns a record that says `to` where it says that its id is `from`: in a
// field named as ids are, or in one whose name means nothing to us, as people
// may have given it. The record as it is where there is no such field: it had
// no id of its own; and where it says `to` already in a field that is no worse:
// `from` is then another fact, like the year.
std::string WithOtherId(std::string_view record, std::string_view from,
                        std::string_view to);

}  // namespace storyfold
