#include "stories/background.h"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "stories/terms.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Shares = std::vector<std::pair<std::string, double>>;

Shares Count(const Corpus& corpus, std::vector<ArticleId> chosen, size_t most,
             const RemovedLines& removed = {}) {
  Shares shares;
  for (const WordShare& w :
       CountWords(corpus.articles(), chosen, removed, most)) {
    shares.emplace_back(w.word, w.share);
  }
  return shares;
}

TEST_CASE("words are counted once an article, in their stem", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "Ferry talks", "The ferry sank\nSubscribe now"});
  corpus.Add({"", "", "A talk on ferries\nSubscribe now"});
  corpus.Add({"", "", "Parties talk\nSubscribe now"});
  corpus.Add({"", "", "party party party\nSubscribe now"});
  corpus.Add({"", "", "ferry talk party, not counted"});
  const RemovedLines removed({{2}, {2}, {2}, {2}, {}});

  CHECK(Count(corpus, {0, 1, 2, 3}, 10, removed) ==
        Shares{{"talk", 0.75}, {"ferry", 0.5}, {"party", 0.5}});
  CHECK(Count(corpus, {0, 1, 2, 3}, 1, removed) == Shares{{"talk", 0.75}});
  CHECK(Count(corpus, {0, 1, 2, 3}, 10)[0] ==
        std::pair<std::string, double>("subscribe", 1));
  CHECK(Count(corpus, {}, 10).empty());
}

TEST_CASE("terms are spelled so that they are found again", "[stories]") {
  const auto [text, spelling] = GENERATE(table<std::string, std::string>({
      {"TALKS", "talk"},
      {"Cafés", "café"},
      {"переговоры", "переговоры"},
      {"東京", "東京"},
      {"１９９０s", "1990"},
      {"news", "new"},
  }));
  CAPTURE(text);
  TermReader reader;
  uint32_t num_tokens = 0;
  const auto terms = reader.Read(text, {}, num_tokens);
  REQUIRE(terms.size() == 1);
  CHECK(SpellingOf(text, terms[0]) == spelling);
  CHECK(TermOfSpelling(spelling) == terms[0].term);
}

TEST_CASE("a word of one article is not counted", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "", "harbour ferry"});
  corpus.Add({"", "", "harbour tanker"});
  CHECK(Count(corpus, {0, 1}, 10) == Shares{{"harbour", 1}});
}

TEST_CASE("word counts do not depend on the number of threads",
          "[stories][deterministic]") {
  Corpus corpus;
  Random random(8);
  std::vector<ArticleId> all;
  for (int i = 0; i < 200; ++i) {
    all.push_back(corpus.Add({"", "", RandomText(random, 80, 3'000)}));
  }
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return Count(corpus, all, 500);
  };
  const Shares one = run(1);
  CHECK(one.size() == 500);
  CHECK(one == run(4));
}

}  // namespace
}  // namespace storyfold
