#include "boilerplate/source_sizes.h"

#include <algorithm>
#include <utility>

#include "base/threads.h"

namespace storyfold {

std::vector<uint32_t> CountTextsOfSources(std::span<const uint32_t> text_of,
                                          std::span<const uint32_t> source_of) {
  std::vector<std::pair<uint32_t, uint32_t>> texts;  // source, text
  for (size_t a = 0; a < text_of.size(); ++a) {
    texts.emplace_back(source_of[a], text_of[a]);
  }
  ParallelSort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::vector<uint32_t> num_texts(texts.empty() ? 0 : texts.back().first + 1);
  for (const auto& [source, text] : texts) ++num_texts[source];
  return num_texts;
}

}  // namespace storyfold
