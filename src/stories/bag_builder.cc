#include "stories/bag_builder.h"

#include <algorithm>
#include <limits>

namespace storyfold {

uint32_t& BagBuilder::PlaceOf(uint64_t term) {
  const size_t mask = places_.size() - 1;
  for (size_t slot = term & mask;; slot = (slot + 1) & mask) {
    uint32_t& place = places_[slot];
    if (place == 0 || terms_[place - 1].term == term) return place;
  }
}

void BagBuilder::Grow() {
  places_.assign(places_.size() * 2, 0);
  for (uint32_t i = 0; i < terms_.size(); ++i) {
    PlaceOf(terms_[i].term) = i + 1;
  }
}

void BagBuilder::Add(const WeightedTerm& occurrence) {
  uint32_t& place = PlaceOf(occurrence.term);
  if (place == 0) {
    terms_.push_back(occurrence);
    place = static_cast<uint32_t>(terms_.size());
    if (terms_.size() * 2 > places_.size()) Grow();
    return;
  }
  WeightedTerm& term = terms_[place - 1];
  term.weight += occurrence.weight;
  if (term.uses == std::numeric_limits<uint16_t>::max()) return;
  term.uses = static_cast<uint16_t>(term.uses + occurrence.uses);
  term.capitalised =
      static_cast<uint16_t>(term.capitalised + occurrence.capitalised);
}

std::vector<WeightedTerm> BagBuilder::Take() {
  std::ranges::sort(terms_, {}, &WeightedTerm::term);
  std::vector<WeightedTerm> taken(terms_.begin(), terms_.end());
  terms_.clear();
  std::ranges::fill(places_, 0);
  return taken;
}

}  // namespace storyfold
