#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace storyfold {

// Groups of things that had ids the night before, and which ids they have now.
// A group that grew keeps its id. Where groups came together the older id, the
// lower number, lives on. Where a group came apart, the part that holds most of
// it keeps the id (of equal ones the part that stands first); the others get
// new ids.
//
// A thing that has changed (an article with a new text) tells little of what
// its group was: it has no say where one that has not changed has one, be it in
// what becomes of its id or in which id its group keeps. It moves alone then.
struct LastingIds {
  // What was one and is another now: ids[from] became `to` for these things.
  struct Move {
    uint32_t from = 0;
    uint32_t to = 0;
    std::vector<uint32_t> things;  // ascending
    bool merged = false;  // all of `from` is `to` now; else a part left it
  };

  std::vector<uint32_t> ids;  // of each thing
  std::vector<char> joined;   // whether its group only joined the id
  std::vector<Move> moves;    // by from, then to
  uint32_t next_id = 0;       // the least id that was not given
};

inline constexpr uint32_t kNoId = 0;

// What has become of a thing since the night before.
enum class Change : char { kNone, kChanged, kReplaced };  // by another one

// What else KeepIds goes by; each may be empty.
struct IdRules {
  // Gives things an id, or kNoId, that their group is to take where it keeps
  // none by the rules above, and lets others have, too: who keeps it, or was
  // merged with it, shares it.
  std::span<const uint32_t> joins = {};

  // What has become of each thing.
  std::span<const Change> changes = {};

  // Ids, ascending, that are also those of things which are not given. They are
  // not merged into others because a changed thing moves, nor kept by things of
  // which all were replaced.
  std::span<const uint32_t> elsewhere = {};
};

// `earlier` is the id of each thing the night before, kNoId for new things;
// `group` names its group now, in any way. New ids begin at `next_id`, above
// all earlier ones, and are given in the order of the groups' first things.
// Every thing whose id differs from its earlier one is in one move.
LastingIds KeepIds(std::span<const uint32_t> earlier,
                   std::span<const uint32_t> group, uint32_t next_id,
                   const IdRules& rules = {});

}  // namespace storyfold
