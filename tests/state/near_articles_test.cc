// Which stored articles a night looks at.

#include "state/near_articles.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include "catch.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// A state of two nights, and the articles of a third.
class Fixture {
 public:
  Fixture() : files_(folder_ / "state") {
    UpdateWith(files_.folder(), StreamNight(1));
    UpdateWith(files_.folder(), StreamNight(2));
  }

  const StateFiles& files() const { return files_; }

  // Returns the ids of the stored articles near to those of `lines`.
  std::set<std::string> Near(const std::string& lines,
                             int64_t window_begin = 0) const {
    return Ids(lines, window_begin, &NearArticles::all);
  }

  // Returns the ids of those that are compared with them.
  std::set<std::string> Compared(const std::string& lines) const {
    return Ids(lines, 0, &NearArticles::compared);
  }

 private:
  std::set<std::string> Ids(const std::string& lines, int64_t window_begin,
                            std::vector<int64_t> NearArticles::*which) const {
    WriteFile(folder_ / "3.jsonl", lines);
    const std::vector<std::string> inputs = {folder_ / "3.jsonl"};
    const auto crawl = ReadCrawl(inputs, ReadOptions());
    REQUIRE(crawl.ok());
    auto state = OpenForReading(files_);
    REQUIRE(state.ok());
    const auto terms = ReadWindowTerms(files_, state->database, window_begin);
    REQUIRE(terms.ok());
    const auto near = FindNearArticles(
        files_, state->database,
        {crawl->articles, {}, window_begin, *terms, StoryOptions()});
    REQUIRE(near.ok());
    std::set<std::string> ids;
    Statement id =
        state->database.Prepare("SELECT id FROM articles WHERE number = ?");
    for (const int64_t number : (*near).*which) {
      id.With(number);
      REQUIRE(id.Next());
      ids.emplace(id.Text(0));
    }
    return ids;
  }

  TempFolder folder_;
  StateFiles files_;
};

std::string TextOf(const StateFiles& files, const std::string& id) {
  for (const std::string& line : LinesOf(files.folder(), ExportArticles)) {
    if (line.find("\"id\":\"" + id + "\"") == line.npos) continue;
    const size_t begin = line.find("\"text\":\"") + 8;
    return line.substr(begin, line.find('"', begin) - begin);
  }
  return {};
}

// Returns a text of the words of a stored article, in another order: of its
// story, but no copy.
std::string Retold(const StateFiles& files, const std::string& id) {
  std::istringstream stream(TextOf(files, id));
  std::vector<std::string> words{std::istream_iterator<std::string>(stream),
                                 {}};
  std::ranges::sort(words);
  std::string retold;
  for (const std::string& word : words) retold += word + " ";
  return AsJsonLines({{.id = "x", .text = retold}});
}

TEST_CASE("articles of the same story are near, all of them", "[state]") {
  const Fixture fixture;
  const auto near = fixture.Near(Retold(fixture.files(), "a1-3-1"));
  for (const char* id : {"a1-3-1", "a1-3-2", "a1-3-2-copy", "a2-3-1"}) {
    CAPTURE(id);
    CHECK(near.contains(id));
  }
  CHECK_FALSE(near.contains("a1-1-1"));
  CHECK_FALSE(near.contains("a2-2-1"));
}

// Returns a text of the first words of a stored article among 100 others: no
// 3-grams of it.
std::string Begun(const StateFiles& files, const std::string& id,
                  size_t num_words) {
  Random random(98);
  std::istringstream others(RandomText(random, 100, 9'000'000));
  std::istringstream stream(TextOf(files, id));
  std::string text;
  for (std::string other; others >> other;) {
    std::string word;
    if (num_words > 0 && stream >> word) --num_words;
    text += word + " " + other + " ";
  }
  return AsJsonLines({{.id = "x", .text = text}});
}

TEST_CASE("articles that a story may join by a weak pair are near", "[state]") {
  const Fixture fixture;
  // With 41 words in common the cosine lies between .17 and .20.
  for (const size_t num_words : {30, 41}) {
    CAPTURE(num_words);
    const auto near = fixture.Near(Begun(fixture.files(), "a1-3-1", num_words));
    CHECK(near.contains("a1-3-1") == (num_words == 41));
  }
}

// Returns names and plain words, two of the ones for one of the others; those
// of every such text up to `shared_names` and `shared_plain`, then some of
// `seed`.
std::string NamesAndWords(size_t shared_names, size_t shared_plain,
                          size_t seed) {
  std::string text;
  for (size_t k = 0; k < 45; ++k) {
    const bool is_name = k % 3 != 2;
    const bool is_shared = k < (is_name ? shared_names : shared_plain);
    text += (is_name ? "Nam" : "pla") +
            std::to_string(is_shared ? k : 1000 * seed + k) + " ";
  }
  return text;
}

TEST_CASE("a weak pair is near where it shares names and plain words",
          "[state]") {
  const Fixture fixture;
  UpdateWith(fixture.files().folder(),
             AsJsonLines({{.id = "old", .text = NamesAndWords(45, 45, 0)}}));
  const auto is_near = [&](size_t names, size_t plain) {
    const std::string text = NamesAndWords(names, plain, 1);
    return fixture.Near(AsJsonLines({{.id = "x", .text = text}}))
        .contains("old");
  };
  // What the names add up to is .17 to .22 in both.
  CHECK(is_near(20, 6));
  CHECK_FALSE(is_near(20, 0));
}

TEST_CASE("articles with the same text are near, whatever it says", "[state]") {
  const Fixture fixture;
  CHECK(fixture.Near(StreamNight(1)).contains("a1-2-1"));
}

TEST_CASE("whole clusters of copies are compared, the rest of stories is not",
          "[state]") {
  const Fixture fixture;
  const std::string text = TextOf(fixture.files(), "a1-3-2");
  const auto compared =
      fixture.Compared(AsJsonLines({{.id = "x", .text = text}}));
  CHECK(compared == std::set<std::string>{"a1-3-2", "a1-3-2-copy"});
  CHECK(fixture.Compared(Retold(fixture.files(), "a1-3-2")).empty());
}

TEST_CASE("nothing is near to a text like no other", "[state]") {
  const Fixture fixture;
  Random random(99);
  CHECK(fixture
            .Near(AsJsonLines(
                {{.id = "x", .text = RandomText(random, 200, 9'000'000)}}))
            .empty());
}

TEST_CASE("what lies before the window is not near", "[state]") {
  const Fixture fixture;
  constexpr int64_t kSecondNight = 1930176000;  // 2031-03-02
  const std::string retold = Retold(fixture.files(), "a2-3-1");
  const std::set<std::string> near = fixture.Near(retold, kSecondNight);
  CHECK(near.contains("a2-3-1"));
  CHECK_FALSE(near.contains("a1-3-1"));
  CHECK(fixture.Near(retold, int64_t{1} << 40).empty());
}

TEST_CASE("pinned articles are always near", "[state]") {
  const Fixture fixture;
  REQUIRE(
      PinArticles(fixture.files().folder(), "a1-1-1", "a2-2-1", false).ok());
  const std::set<std::string> near = fixture.Near(StreamNight(3));
  CHECK(near.contains("a1-1-1"));
  CHECK(near.contains("a2-2-1"));
  const std::set<std::string> compared = fixture.Compared(StreamNight(3));
  CHECK(compared.contains("a1-1-1"));
  CHECK(compared.contains("a2-2-1"));
}

TEST_CASE("all articles of nights without words are near", "[state]") {
  const Fixture fixture;
  {
    auto database =
        Database::Open(fixture.files().Catalogue(), Database::Mode::kWrite);
    REQUIRE(database.ok());
    database->Execute("UPDATE nights SET terms_checksum = NULL");
  }
  CHECK(fixture.Near(StreamNight(3)).size() ==
        StoriesIn(fixture.files().folder()).size());
}

}  // namespace
}  // namespace storyfold
