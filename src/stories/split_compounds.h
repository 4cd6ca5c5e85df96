#pragma once

#include "stories/bags.h"

namespace storyfold {

// Adds to the bags of articles in languages that write compounds as one word
// the parts of these, each with half of the compound's weight, and counts them
// (see FindCompounds, over all articles of a language). The parts of a bag that
// was counted before were counted with it. `bags` are made of `texts`; bags of
// other languages stay as they are, and cost nothing; others are read once
// more. Parallel and deterministic.
void SplitCompounds(const TextsOfBags& texts, TermBags& bags);

}  // namespace storyfold
