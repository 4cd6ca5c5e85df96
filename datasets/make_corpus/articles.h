#pragma once

#include <cstdint>
#include <vector>

#include "pages.h"
#include "random.h"
#include "sources.h"
#include "stories.h"
#include "vocabulary.h"

namespace storyfold {

// What articles are made from.
struct Press {
  const Vocabulary& vocabulary;
  std::vector<NewsSource>& sources;  // remember their latest titles
  uint32_t mean_words;               // of an original
  Random& random;
};

// Prints article `next` of the story, number `number` of the corpus, into
// `page`, and adds 1 to `next`.  Keeps a copy of the page in the story while
// copies of it are to come.
// Returns the number of the article it copies, its own when it copies none.
uint64_t PrintArticle(const Press& press, uint64_t number, Story* story,
                      Page* page);

}  // namespace storyfold
