#pragma once

#include "state/database.h"
#include "state/lasting_ids.h"

namespace storyfold {

// Where a story that had taken in others came apart tonight, gives headlines
// that people had given to those back to the parts that hold most of their
// articles. To be called when all articles have their stories.
void FollowHeadlines(const LastingIds& stories, Database& database);

}  // namespace storyfold
