#include "boilerplate/line_state.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/line_state_bytes.h"

namespace storyfold {
namespace {

const std::string kNotice = "This notice stands on every page of the paper.";
const std::string kRare = "Rare words here";
const std::string kLater = "Later words here";

// A night of articles with three lines of their own above the given ones, which
// are line 4, and four below.
class Night {
 public:
  explicit Night(uint32_t day) : day_(day) {}

  void Add(uint64_t text, const std::string& lines,
           const std::string& source = "gazette",
           const std::string& title = "") {
    Random random(text);
    const auto own = [&](int num_lines) {
      std::string own_lines;
      for (int i = 0; i < num_lines; ++i) {
        own_lines += RandomText(random, 9, 100'000'000) + ".\n";
      }
      return own_lines;
    };
    const std::string top = own(3);
    corpus_.Add({"", title, top + lines + "\n" + own(4), source});
    texts_.push_back(text);
    pages_.push_back(static_cast<uint32_t>(1000 * day_ + pages_.size()));
  }

  LineTable Table() const { return ReadLines(corpus_.articles()); }

  std::vector<LateLine> AddTo(LineState& state) const {
    return state.Add({Table(), texts_, pages_, day_}, {});
  }

  const std::vector<uint64_t>& texts() const { return texts_; }

 private:
  uint32_t day_;
  Corpus corpus_;
  std::vector<uint64_t> texts_;
  std::vector<uint32_t> pages_;
};

uint64_t SourceOf(const Night& night) { return night.Table().source_hashes[0]; }

uint64_t SourceOfGazette() {
  Night night(1);
  night.Add(1, kNotice);
  return SourceOf(night);
}

uint64_t MaskedKey(const std::string& line) {
  LineKeyer keyer;
  return keyer.Keys(line)[0].masked;
}

TEST_CASE("a state knows which other texts had a line", "[boilerplate]") {
  LineState state;
  Night night(1);
  for (const uint64_t text : {7, 8, 9}) night.Add(text, kNotice);
  night.AddTo(state);
  const auto others = [&](const std::vector<uint64_t>& texts) {
    return state.OtherTexts(SourceOf(night), MaskedKey(kNotice), texts);
  };
  CHECK(others({7, 8, 9}).empty());
  CHECK(others({5, 9, 8, 7}).empty());
  CHECK(others({7, 8}) == std::vector<uint32_t>{ShortName(9)});
  CHECK(others({}).size() == 3);
  CHECK(state.OtherTexts(SourceOf(night), MaskedKey("No such line."), {})
            .empty());

  SECTION("of many no more than it tells apart") {
    Night more(2);
    for (uint64_t text = 10; text < 30; ++text) more.Add(text, kNotice);
    more.AddTo(state);
    CHECK(others({}).size() == LineState::kMostTexts);
  }
}

TEST_CASE("a line of three nights is flagged on the pages before",
          "[boilerplate]") {
  LineState state;
  Night first(1);
  first.Add(7, kNotice);
  CHECK(first.AddTo(state).empty());
  Night second(2);
  second.Add(8, "Something else.\n" + kNotice);
  CHECK(second.AddTo(state).empty());
  Night third(3);
  third.Add(9, kNotice);
  CHECK(third.AddTo(state) == std::vector<LateLine>{{1000, 4}, {2000, 5}});
  CHECK(state.Texts(SourceOf(first), MaskedKey(kNotice)) == 3);

  SECTION("each page once") {
    Night fourth(4);
    fourth.Add(10, kNotice);
    CHECK(fourth.AddTo(state).empty());
  }
  SECTION("and on the page of the third night, by the state") {
    const std::vector<uint32_t> text_of = {0};
    const LineTable table = third.Table();
    const auto flags =
        FlagLines(LineEvidence(table, {text_of, &state, third.texts()}, {}));
    REQUIRE(flags.size() == 1);
    CHECK(flags[0].line == 4);
    CHECK(flags[0].count == 3);
    CHECK(FlagLines(LineEvidence(table, {text_of}, {})).empty());
  }
}

TEST_CASE("a label needs two nights only", "[boilerplate]") {
  LineState state;
  Night first(1);
  first.Add(7, "Write to us");
  CHECK(first.AddTo(state).empty());
  Night second(2);
  second.Add(8, "Write to us");
  CHECK(second.AddTo(state) == std::vector<LateLine>{{1000, 4}});
  Night third(3);
  third.Add(9, "Write to us");
  CHECK(third.AddTo(state).empty());
}

TEST_CASE("a text that is crawled again, and a batch added twice, count once",
          "[boilerplate]") {
  LineState state;
  Night night(1);
  night.Add(7, kNotice);
  night.Add(8, kNotice);
  night.AddTo(state);
  const LineState once = state;
  CHECK(night.AddTo(state).empty());
  CHECK(state == once);
  Night again(2);
  again.Add(7, kNotice);
  CHECK(again.AddTo(state).empty());
  CHECK(state.Texts(SourceOf(night), MaskedKey(kNotice)) == 2);
}

TEST_CASE("texts that turn out to be one count once from then on",
          "[boilerplate]") {
  LineState state;
  Night night(1);
  for (uint64_t text = 7; text <= 9; ++text) night.Add(text, kNotice);
  night.AddTo(state);
  state.RenameTexts(std::vector<LineState::NewName>{{8, 7}, {1, 2}});
  CHECK(state.Texts(SourceOf(night), MaskedKey(kNotice)) == 2);
  CHECK(LineState::Decode(BytesOf(state)).ok());
  Night again(2);
  again.Add(7, kNotice);
  again.AddTo(state);
  CHECK(state.Texts(SourceOf(night), MaskedKey(kNotice)) == 2);
  again.Add(8, kNotice);
  again.AddTo(state);
  CHECK(state.Texts(SourceOf(night), MaskedKey(kNotice)) == 3);
}

TEST_CASE("nights in any order make the same state", "[boilerplate]") {
  std::deque<Night> nights;
  Random random(3);
  for (uint32_t day = 1; day <= 6; ++day) {
    nights.emplace_back(day);
    for (int i = 0; i < 5; ++i) {
      nights.back().Add(
          100 * day + static_cast<uint64_t>(i),
          "Label " + std::string(1 + random.Below(3), 'x') + " of the paper",
          random.Below(2) == 0 ? "gazette" : "herald");
    }
  }
  LineState forward, backward;
  for (const Night& night : nights) night.AddTo(forward);
  for (size_t n = nights.size(); n-- > 0;) nights[n].AddTo(backward);
  CHECK(forward == backward);
  CHECK((BytesOf(forward) == BytesOf(backward)));
}

TEST_CASE("a source's nights do not flag the lines of another",
          "[boilerplate]") {
  LineState state;
  Night first(1);
  first.Add(1, kNotice, "gazette");
  first.AddTo(state);
  Night second(2);
  for (uint64_t text = 2; text < 9; ++text) second.Add(text, kNotice, "rival");
  CHECK(second.AddTo(state).empty());
  CHECK(state.Texts(SourceOf(first), MaskedKey(kNotice)) == 1);
}

TEST_CASE("pages without a source are not remembered", "[boilerplate]") {
  LineState state;
  Night night(1);
  night.Add(1, kNotice, "");
  night.AddTo(state);
  CHECK(state.num_keys() == 0);
}

TEST_CASE("a title of an earlier night is a teaser's", "[boilerplate]") {
  LineState state;
  Night first(1);
  first.Add(1, kNotice, "gazette", "Storm hits the northern coast");
  first.AddTo(state);
  Night second(2);
  second.Add(2, "Storm hits the northern coast");
  second.AddTo(state);
  const LineTable table = second.Table();
  const std::vector<uint32_t> text_of = {0};
  const auto flags =
      FlagLines(LineEvidence(table, {text_of, &state, second.texts()}, {}));
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].line_class == LineClass::kTeaser);

  const std::vector<uint64_t> same_text = {1};
  CHECK(
      FlagLines(LineEvidence(table, {text_of, &state, same_text}, {})).empty());
}

TEST_CASE("old lines are forgotten, those of one text first", "[boilerplate]") {
  LineState state;
  Night night(100);
  night.Add(1, kNotice);
  night.Add(2, kNotice);
  night.AddTo(state);
  REQUIRE(state.num_keys() == 17);  // 15 lines, and the counts of all texts
  const LineStateOptions options{.keep_days = 90};
  state.Forget(109, options);
  CHECK(state.num_keys() == 17);
  state.Forget(110, options);
  CHECK(state.num_keys() == 3);
  CHECK(state.Texts(SourceOf(night), MaskedKey(kNotice)) == 2);
  state.Forget(190, options);
  CHECK(state.num_keys() == 3);
  state.Forget(191, options);
  CHECK(state.num_sources() == 0);
}

TEST_CASE("a source has so many keys and no more", "[boilerplate]") {
  LineState state;
  Night night(5);
  night.Add(1, kNotice);
  night.Add(2, kNotice + "\n" + kRare);
  night.AddTo(state);
  Night later(6);
  later.Add(3, kLater);
  later.AddTo(state);
  state.Forget(6, {.max_keys_per_source = 6});
  CHECK(state.num_keys() == 6);
  CHECK(state.Texts(SourceOf(night), MaskedKey(kNotice)) == 2);
  CHECK(state.Texts(SourceOf(night), MaskedKey(kLater)) == 1);
  CHECK(state.Texts(SourceOf(night), MaskedKey(kRare)) == 0);
}

TEST_CASE("the share of the texts that carry a line is known roughly",
          "[boilerplate]") {
  const auto is_of_tenth = [](uint64_t num_texts, uint64_t num_with_line) {
    LineState state;
    for (uint64_t text = 0; text < num_texts; ++text) {
      Night night(1);
      night.Add(text, text < num_with_line ? kNotice : kRare);
      night.AddTo(state);
    }
    return state.IsOfShare(SourceOfGazette(), MaskedKey(kNotice), 10);
  };
  CHECK(is_of_tenth(1, 1));
  CHECK(is_of_tenth(3, 1));
  CHECK(is_of_tenth(300, 300));
  CHECK(is_of_tenth(300, 150));
  CHECK_FALSE(is_of_tenth(300, 3));
  CHECK_FALSE(is_of_tenth(300, 0));
}

TEST_CASE("that a line stands in all texts is known of four or more",
          "[boilerplate]") {
  const auto stands_in_all = [](uint64_t num_texts, uint64_t num_with_line) {
    LineState state;
    for (uint64_t text = 0; text < num_texts; ++text) {
      Night night(1);
      night.Add(text, text < num_with_line ? kNotice : kRare);
      night.AddTo(state);
    }
    return state.StandsInAll(SourceOfGazette(), MaskedKey(kNotice));
  };
  CHECK_FALSE(stands_in_all(3, 3));
  CHECK(stands_in_all(4, 4));
  CHECK(stands_in_all(300, 300));
  CHECK_FALSE(stands_in_all(5, 2));
  CHECK_FALSE(stands_in_all(300, 100));
  CHECK_FALSE(stands_in_all(300, 0));
}

// Adds a page of the gazette each day from `first` to `last`, with the line.
void AddDays(LineState& state, uint32_t first, uint32_t last,
             const std::string& line) {
  for (uint32_t day = first; day <= last; ++day) {
    Night night(day);
    night.Add(day, line);
    night.AddTo(state);
    state.Forget(day, {});
  }
}

TEST_CASE("lines of a site that looks different are told after a few nights",
          "[boilerplate]") {
  const uint64_t gazette = SourceOfGazette();
  LineState state;
  AddDays(state, 20'000, 20'364, kRare);
  AddDays(state, 20'365, 20'367, kNotice);
  CHECK(state.IsOfShare(gazette, MaskedKey(kNotice), 10));
  CHECK(state.IsOfShare(gazette, MaskedKey(kRare), 2));
  AddDays(state, 20'368, 20'430, kNotice);
  CHECK(state.IsOfShare(gazette, MaskedKey(kNotice), 2));
  SECTION("but one of a few texts of many weeks is not") {
    AddDays(state, 20'431, 20'440, kNotice);
    AddDays(state, 20'441, 20'443, kLater);
    AddDays(state, 20'444, 20'525, kNotice);
    CHECK_FALSE(state.IsOfShare(gazette, MaskedKey(kLater), 10));
    AddDays(state, 20'526, 21'000, kNotice);
    CHECK(state.IsOfShare(gazette, MaskedKey(kNotice), 2));
  }
}

TEST_CASE("they are told on each day of the years after, too",
          "[boilerplate]") {
  const uint64_t gazette = SourceOfGazette();
  LineState state;
  AddDays(state, 20'000, 20'364, kRare);
  AddDays(state, 20'365, 20'424, kNotice);
  for (uint32_t day = 20'425; day < 20'665; ++day) {
    AddDays(state, day, day, kNotice);
    CAPTURE(day);
    REQUIRE(state.IsOfShare(gazette, MaskedKey(kNotice), 10));
    REQUIRE(state.IsOfShare(gazette, MaskedKey(kNotice), 2));
  }
}

TEST_CASE("a source keeps a count for each week since its oldest line",
          "[boilerplate]") {
  LineState state;
  AddDays(state, 7'000, 7'349, kNotice);  // fifty weeks
  state.Forget(7'349, {.keep_days = 0});
  CHECK(state.num_keys() == 8 + 50 + 1);  // eight lines of the last night
  state.Forget(7'350, {.keep_days = 0});
  CHECK(state.num_sources() == 0);
}

TEST_CASE("a site that looks different has its new lists flagged in days",
          "[boilerplate]") {
  LineState state;
  const auto teasers_of = [&](uint32_t day, const std::string& heading) {
    Random random(day);
    Night night(day);
    std::string body = RandomText(random, 20, 100'000'000);
    std::ranges::replace(body, '\n', ' ');
    const std::string teaser = RandomText(random, 5, 100'000'000);
    night.Add(day, body + ".\n" + heading + " also\n" + teaser + "\n" +
                       heading + " a comment");
    night.AddTo(state);
    const LineTable table = night.Table();
    const std::vector<uint32_t> text_of = {0};
    size_t num_teasers = 0;
    for (const FlaggedLine& flag :
         FlagLines({table, {text_of, &state, night.texts()}, {}})) {
      num_teasers += flag.line_class == LineClass::kTeaser;
    }
    state.Forget(day, {});
    return num_teasers;
  };
  for (uint32_t day = 20'000; day < 20'060; ++day) teasers_of(day, "Read");
  CHECK(teasers_of(20'060, "Read") == 1);
  CHECK(teasers_of(20'061, "Leave") == 0);
  teasers_of(20'062, "Leave");
  teasers_of(20'063, "Leave");
  CHECK(teasers_of(20'064, "Leave") == 1);
}

TEST_CASE("a line of every twentieth text is rare after two years, too",
          "[boilerplate]") {
  LineState state;
  for (uint32_t day = 20'000; day < 20'730; ++day) {
    AddDays(state, day, day, day % 20 == 0 ? kNotice : kRare);
  }
  CHECK_FALSE(state.IsOfShare(SourceOfGazette(), MaskedKey(kNotice), 5));
  CHECK(state.IsOfShare(SourceOfGazette(), MaskedKey(kRare), 2));
}

TEST_CASE("the line of every text does not leave a full source",
          "[boilerplate]") {
  LineState state;
  for (uint64_t text = 0; text < 60; ++text) {
    Night night(1);
    night.Add(text, text < 3 ? kNotice : kRare);
    night.AddTo(state);
    state.Forget(1, {.max_keys_per_source = 3});
  }
  CHECK(state.num_keys() == 3);
  CHECK_FALSE(state.IsOfShare(SourceOfGazette(), MaskedKey(kNotice), 10));
}

}  // namespace
}  // namespace storyfold
