#include "embedding/lead_text.h"

#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

std::string Lead(Corpus::Fields fields, size_t max_words,
                 std::vector<uint32_t> removed = {}) {
  Corpus corpus;
  corpus.Add(std::move(fields));
  LeadTextReader reader;
  return reader.Read(corpus.articles()[0], removed, max_words);
}

TEST_CASE("an embedder sees the title and the first words",
          "[embedding][lead]") {
  CHECK(Lead({.title = "A title.", .text = "One, two\nthree four five."}, 5) ==
        "A title.\nOne, two\nthree ");
  CHECK(Lead({.title = "A long title", .text = "text"}, 2) == "A long ");
  CHECK(Lead({.text = "only text"}, 9) == "only text");
}

TEST_CASE("removed lines and lines without words are not seen",
          "[embedding][lead]") {
  CHECK(Lead({.title = "T", .text = "Share this\n---\nnews"}, 9, {1}) ==
        "T\nnews");
  CHECK(Lead({.text = "--- ..."}, 9) == "");
}

TEST_CASE("characters written without spaces are words", "[embedding][lead]") {
  CHECK(Lead({.text = "\u592e\u884c\u964d\u606f"}, 2) == "\u592e\u884c");
}

}  // namespace
}  // namespace storyfold
