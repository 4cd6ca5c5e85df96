#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace storyfold {

struct WeightedTerm {
  uint64_t term = 0;
  float weight = 0;
  // How often the text uses it (the title, where there is no text), and how
  // often with a capital first letter; 65535 stands for more. Uses in a
  // language that gives capitals to all nouns tell of no names: none count.
  uint16_t uses = 0;
  uint16_t capitalised = 0;
};

// Adds up the occurrences of the terms of one text after the other. Keeps its
// buffers, so use one object a thread.
class BagBuilder {
 public:
  void Add(const WeightedTerm& occurrence);

  // Returns the sums, ascending by term, and starts anew. Weights are added in
  // the order of the calls.
  std::vector<WeightedTerm> Take();

 private:
  uint32_t& PlaceOf(uint64_t term);
  void Grow();

  std::vector<WeightedTerm> terms_;
  // Open addressing by the low bits of the term: 1 + a place in `terms_`.
  std::vector<uint32_t> places_ = std::vector<uint32_t>(1024, 0);
};

}  // namespace storyfold
