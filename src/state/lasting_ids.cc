// Tested by: tests/state/lasting_ids_test.cc

#include "state/lasting_ids.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
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

struct Heir {
  uint32_t group = 0;
  uint32_t things = 0;
};

// Returns for each earlier id the group that holds most of its things.
std::map<uint32_t, Heir> FindHeirs(std::span<const uint32_t> earlier,
                                   std::span<const uint32_t> group) {
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> overlap;
  for (size_t i = 0; i < group.size(); ++i) {
    if (earlier[i] != kNoId) ++overlap[{earlier[i], group[i]}];
  }
  std::map<uint32_t, Heir> heirs;
  for (const auto& [pair, things] : overlap) {
    Heir& heir = heirs[pair.first];
    if (things > heir.things) heir = {pair.second, things};
  }
  return heirs;
}

}  // namespace

LastingIds KeepIds(std::span<const uint32_t> earlier,
                   std::span<const uint32_t> group, uint32_t next_id,
                   std::span<const uint32_t> joins) {
  const std::vector<uint32_t> numbered = NumberGroups(group);
  const std::map<uint32_t, Heir> heirs = FindHeirs(earlier, numbered);
  const size_t num_groups =
      numbered.empty() ? 0 : *std::ranges::max_element(numbered) + size_t{1};
  std::vector<uint32_t> id_of_group(num_groups, kNoId);
  for (const auto& [id, heir] : heirs) {  // ascending: the oldest comes first
    if (id_of_group[heir.group] == kNoId) id_of_group[heir.group] = id;
  }
  std::vector<char> joined(num_groups, false);
  for (size_t i = 0; i < joins.size(); ++i) {
    uint32_t& id = id_of_group[numbered[i]];
    if (joins[i] == kNoId || id != kNoId) continue;
    const auto heir = heirs.find(joins[i]);
    id = heir == heirs.end() ? joins[i] : id_of_group[heir->second.group];
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
    const uint32_t heir_id = id_of_group[heirs.at(pair.first).group];
    result.moves.push_back(
        {pair.first, pair.second, std::move(things), pair.second == heir_id});
  }
  return result;
}

}  // namespace storyfold
