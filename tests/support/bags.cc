#include "support/bags.h"

#include <iterator>
#include <map>
#include <numeric>
#include <string_view>

namespace storyfold {

TermBags MakeBags(const std::vector<LiteralBag>& bags) {
  std::map<uint64_t, TermCount> counts;
  for (const LiteralBag& bag : bags) {
    for (const LiteralTerm& t : bag) {
      counts[t.term].term = t.term;
      ++counts[t.term].articles;
    }
  }
  TermBags made;
  for (const auto& [term, count] : counts) made.vocabulary.push_back(count);
  made.num_tokens.resize(bags.size());
  for (size_t i = 0; i < bags.size(); ++i) {
    if (i % TermBags::kBlockSize == 0) made.blocks.emplace_back();
    Csr<WeightedTerm>& block = made.blocks.back();
    for (const LiteralTerm& t : bags[i]) {
      const auto place = std::distance(counts.begin(), counts.find(t.term));
      block.values.push_back({static_cast<uint32_t>(place), t.weight});
    }
    block.offsets.push_back(block.values.size());
  }
  return made;
}

TermBags BagsOf(const Corpus& corpus, const std::vector<char>& counted) {
  std::vector<ArticleId> all(corpus.articles().size());
  std::iota(all.begin(), all.end(), 0);
  std::vector<std::string_view> languages;
  for (const Article& a : corpus.articles()) languages.push_back(a.language);
  return ReadBags(
      {corpus.articles(), OneEach(all), languages, RemovedLines(), counted});
}

}  // namespace storyfold
