// Tested by: tests/state/lasting_ids_test.cc

#include "state/lasting_ids.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <compare>
#include <map>
#include <utility>

namespace storyfold {
namespace {

// Returns the groups numbered in the order of their first things.
std::vector<uint32_t> NumberGroups(std::span<const uint32_t> group) {
  absl::flat_hash_map<uint32_t, uint32_t> numbers;
  std::vector<uint32_t> numbered;
  for (const uint32_t g : group) {
    numbered.push_back(
        numbers.try_emplace(g, static_cast<uint32_t>(numbers.size()))
            .first->second);
  }
  return numbered;
}

// Things that say what becomes of an id; one of the first kind outvotes all of
// the others, one of the second those of the third.
struct Votes {
  uint32_t unchanged = 0;
  uint32_t changed = 0;
  uint32_t replaced = 0;

  uint32_t& Of(Change change) {
    return change == Change::kNone      ? unchanged
           : change == Change::kChanged ? changed
                                        : replaced;
  }

  auto operator<=>(const Votes&) const = default;
};

// The group that holds most of the things of an id.
struct Heir {
  uint32_t group = 0;
  Votes votes;
};

// Returns the heir of each earlier id.
std::map<uint32_t, Heir> FindHeirs(std::span<const uint32_t> earlier,
                                   std::span<const uint32_t> group,
                                   std::span<const Change> changes) {
  std::map<std::pair<uint32_t, uint32_t>, Votes> overlap;
  for (size_t i = 0; i < group.size(); ++i) {
    if (earlier[i] == kNoId) continue;
    const Change change = changes.empty() ? Change::kNone : changes[i];
    ++overlap[{earlier[i], group[i]}].Of(change);
  }
  std::map<uint32_t, Heir> heirs;
  for (const auto& [pair, votes] : overlap) {
    Heir& heir = heirs[pair.first];
    if (votes > heir.votes) heir = {pair.second, votes};
  }
  return heirs;
}

// Gives groups the ids they inherit; kNoId where there is none. Of several the
// oldest, and one by unchanged things before one by changed ones.
std::vector<uint32_t> Inherit(const std::map<uint32_t, Heir>& heirs,
                              size_t num_groups,
                              std::span<const uint32_t> elsewhere) {
  std::vector<uint32_t> id_of_group(num_groups, kNoId);
  for (const bool by_unchanged : {true, false}) {
    for (const auto& [id, heir] : heirs) {  // ascending
      if ((heir.votes.unchanged > 0) != by_unchanged) continue;
      const bool all_replaced =
          heir.votes.unchanged == 0 && heir.votes.changed == 0;
      if (all_replaced && std::ranges::binary_search(elsewhere, id)) continue;
      if (id_of_group[heir.group] == kNoId) id_of_group[heir.group] = id;
    }
  }
  return id_of_group;
}

// Returns which id each earlier one lives on as: its own, or that which its
// heir has.
std::map<uint32_t, uint32_t> FindSuccessors(
    const std::map<uint32_t, Heir>& heirs,
    std::span<const uint32_t> id_of_group,
    std::span<const uint32_t> elsewhere) {
  std::map<uint32_t, uint32_t> successors;
  for (const auto& [id, heir] : heirs) {
    const bool stays =
        heir.votes.unchanged == 0 && std::ranges::binary_search(elsewhere, id);
    successors[id] = stays ? id : id_of_group[heir.group];
  }
  return successors;
}

}  // namespace

LastingIds KeepIds(std::span<const uint32_t> earlier,
                   std::span<const uint32_t> group, uint32_t next_id,
                   const IdRules& rules) {
  const std::vector<uint32_t> numbered = NumberGroups(group);
  const std::map<uint32_t, Heir> heirs =
      FindHeirs(earlier, numbered, rules.changes);
  const size_t num_groups =
      numbered.empty() ? 0 : *std::ranges::max_element(numbered) + size_t{1};
  std::vector<uint32_t> id_of_group =
      Inherit(heirs, num_groups, rules.elsewhere);
  const std::map<uint32_t, uint32_t> successors =
      FindSuccessors(heirs, id_of_group, rules.elsewhere);
  std::vector<char> joined(num_groups, false);
  for (size_t i = 0; i < rules.joins.size(); ++i) {
    uint32_t& id = id_of_group[numbered[i]];
    if (rules.joins[i] == kNoId || id != kNoId) continue;
    const auto successor = successors.find(rules.joins[i]);
    id = successor == successors.end() ? rules.joins[i] : successor->second;
    joined[numbered[i]] = true;
  }
  for (uint32_t& id : id_of_group) {
    if (id == kNoId) id = next_id++;
  }
  LastingIds result;
  result.next_id = next_id;
  std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> moved;
  for (uint32_t i = 0; i < numbered.size(); ++i) {
    const uint32_t id = id_of_group[numbered[i]];
    result.ids.push_back(id);
    result.joined.push_back(joined[numbered[i]]);
    if (earlier[i] != kNoId && earlier[i] != id) {
      moved[{earlier[i], id}].push_back(i);
    }
  }
  for (auto& [pair, things] : moved) {
    result.moves.push_back({pair.first, pair.second, std::move(things),
                            pair.second == successors.at(pair.first)});
  }
  return result;
}

}  // namespace storyfold
