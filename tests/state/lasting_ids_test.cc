#include "state/lasting_ids.h"

#include "catch.h"
#include "state/changes.h"

namespace storyfold {
namespace {

using Ids = std::vector<uint32_t>;

TEST_CASE("a group that grows keeps its id, and a new one gets the next",
          "[state]") {
  const LastingIds kept = KeepIds(Ids{4, 4, 0, 0}, Ids{7, 7, 7, 3}, 9);
  CHECK(kept.ids == Ids{4, 4, 4, 9});
  CHECK(kept.next_id == 10);
  CHECK(kept.moves.empty());
}

TEST_CASE("of groups that come together the older id lives", "[state]") {
  const LastingIds kept = KeepIds(Ids{8, 8, 5, 0}, Ids{1, 1, 1, 1}, 9);
  CHECK(kept.ids == Ids{5, 5, 5, 5});
  REQUIRE(kept.moves.size() == 1);
  CHECK(kept.moves[0].from == 8);
  CHECK(kept.moves[0].to == 5);
  CHECK(kept.moves[0].things == Ids{0, 1});
  CHECK(kept.moves[0].merged);
}

TEST_CASE("of a group that comes apart the larger part keeps the id",
          "[state]") {
  const LastingIds kept = KeepIds(Ids{3, 3, 3, 3}, Ids{0, 1, 1, 2}, 9);
  CHECK(kept.ids == Ids{9, 3, 3, 10});
  REQUIRE(kept.moves.size() == 2);
  CHECK(kept.moves[0].to == 9);
  CHECK(kept.moves[0].things == Ids{0});
  CHECK_FALSE(kept.moves[0].merged);
  CHECK(kept.moves[1].to == 10);
}

TEST_CASE("of equal parts the one that stands first keeps the id", "[state]") {
  CHECK(KeepIds(Ids{3, 3}, Ids{6, 5}, 9).ids == Ids{3, 9});
}

TEST_CASE("a part that goes to another group is told apart from a merger",
          "[state]") {
  // Most of 2 stays by itself; one thing of it goes to 1.
  const LastingIds kept = KeepIds(Ids{1, 2, 2, 2}, Ids{0, 0, 1, 1}, 9);
  CHECK(kept.ids == Ids{1, 1, 2, 2});
  REQUIRE(kept.moves.size() == 1);
  CHECK(kept.moves[0].from == 2);
  CHECK(kept.moves[0].to == 1);
  CHECK_FALSE(kept.moves[0].merged);
}

TEST_CASE("new groups that join an id share it and take it from nobody",
          "[state]") {
  // Two groups join 3, which is in the third; one joins 5, which is nowhere.
  const LastingIds kept = KeepIds(Ids{3, 3, 0, 0, 0, 0}, Ids{1, 1, 2, 4, 6, 7},
                                  9, {.joins = Ids{0, 0, 3, 3, 5, 0}});
  CHECK(kept.ids == Ids{3, 3, 3, 3, 5, 9});
  CHECK(kept.joined == std::vector<char>{0, 0, 1, 1, 1, 0});
  CHECK(kept.moves.empty());
  CHECK(kept.next_id == 10);
}

TEST_CASE("a part that joins what it was in stays in it", "[state]") {
  const LastingIds kept =
      KeepIds(Ids{3, 3, 3}, Ids{1, 1, 2}, 9, {.joins = Ids{3, 3, 3}});
  CHECK(kept.ids == Ids{3, 3, 3});
  CHECK(kept.joined == std::vector<char>{0, 0, 1});
  CHECK(kept.moves.empty());
}

TEST_CASE("a group joins the id that lives where two came together",
          "[state]") {
  const LastingIds kept =
      KeepIds(Ids{3, 5, 0}, Ids{1, 1, 2}, 9, {.joins = Ids{0, 0, 5}});
  CHECK(kept.ids == Ids{3, 3, 3});
}

TEST_CASE("a thing that has changed takes no id away from one that has not",
          "[state]") {
  const std::vector<Change> changed = {Change::kChanged, Change::kNone,
                                       Change::kNone};
  // It goes to 5, and into a group of its own.
  const LastingIds kept =
      KeepIds(Ids{3, 3, 5}, Ids{0, 1, 0}, 9, {.changes = changed});
  CHECK(kept.ids == Ids{5, 3, 5});
  REQUIRE(kept.moves.size() == 1);
  CHECK(kept.moves[0].from == 3);
  CHECK(kept.moves[0].to == 5);
  CHECK_FALSE(kept.moves[0].merged);
  CHECK(KeepIds(Ids{3, 3, 5}, Ids{0, 1, 2}, 9, {.changes = changed}).ids ==
        Ids{9, 3, 5});
}

TEST_CASE("things of which all have changed keep their id", "[state]") {
  const std::vector<Change> changed = {Change::kChanged, Change::kChanged};
  CHECK(KeepIds(Ids{3, 3}, Ids{1, 1}, 9, {.changes = changed}).ids ==
        Ids{3, 3});
}

TEST_CASE("the id of a changed thing that was alone follows it", "[state]") {
  // Of the two ids the one that nothing has changed about lives, though
  // younger.
  const LastingIds kept = KeepIds(
      Ids{3, 5}, Ids{0, 0}, 9,
      {.changes = std::vector<Change>{Change::kChanged, Change::kNone}});
  CHECK(kept.ids == Ids{5, 5});
  REQUIRE(kept.moves.size() == 1);
  CHECK(kept.moves[0].from == 3);
  CHECK(kept.moves[0].merged);
}

TEST_CASE("an id that others have, too, is not merged by a changed thing",
          "[state]") {
  const std::vector<Change> changed = {Change::kChanged, Change::kNone};
  const LastingIds kept = KeepIds(Ids{3, 5}, Ids{0, 0}, 9,
                                  {.changes = changed, .elsewhere = Ids{3}});
  CHECK(kept.ids == Ids{5, 5});
  REQUIRE(kept.moves.size() == 1);
  CHECK_FALSE(kept.moves[0].merged);
  // It stays where it was while it goes nowhere else.
  CHECK(KeepIds(Ids{3, 5}, Ids{0, 1}, 9,
                {.changes = changed, .elsewhere = Ids{3}})
            .ids == Ids{3, 5});
  // Who joins 3 meets the others there.
  CHECK(KeepIds(Ids{3, 5, 0}, Ids{0, 0, 1}, 9,
                {.joins = Ids{0, 0, 3},
                 .changes = std::vector<Change>{Change::kChanged, Change::kNone,
                                                Change::kNone},
                 .elsewhere = Ids{3}})
            .ids == Ids{5, 5, 3});
}

TEST_CASE("an id that others have, too, is not kept by what was replaced",
          "[state]") {
  const std::vector<Change> changed = {Change::kChanged, Change::kNone};
  const std::vector<Change> replaced = {Change::kReplaced, Change::kNone};
  const LastingIds kept = KeepIds(Ids{3, 0}, Ids{0, 0}, 9,
                                  {.changes = replaced, .elsewhere = Ids{3}});
  CHECK(kept.ids == Ids{9, 9});
  REQUIRE(kept.moves.size() == 1);
  CHECK_FALSE(kept.moves[0].merged);
  // A correction keeps it, and what was replaced where nobody else has it.
  CHECK(KeepIds(Ids{3, 0}, Ids{0, 0}, 9,
                {.changes = changed, .elsewhere = Ids{3}})
            .ids == Ids{3, 3});
  CHECK(KeepIds(Ids{3, 0}, Ids{0, 0}, 9, {.changes = replaced}).ids ==
        Ids{3, 3});
}

TEST_CASE("no things have no ids", "[state]") {
  CHECK(KeepIds(Ids{}, Ids{}, 9).next_id == 9);
}

TEST_CASE("every event of a night is told with its articles", "[state]") {
  // Story 1 grows by c, 3 is merged into 2, d is created; e left 1 for 5.
  const LastingIds stories = {
      {1, 2, 1, 4, 5}, {}, {{1, 5, {4}, false}, {3, 2, {1}, true}}, 6};
  const std::vector<std::string> ids = {"a", "b", "c", "d", "e"};
  const Ids earlier = {1, 3, 0, 0, 1};
  const std::vector<char> changed = {true, false, false, false, false};
  std::vector<std::string> lines;
  for (const StoryChange& change :
       DescribeChanges({ids, earlier, changed, stories, 4})) {
    lines.push_back(ChangeAsJson(7, change));
  }
  const auto line = [](const std::string& event, const std::string& rest) {
    return R"({"night":7,"event":")" + event + R"(","story":"s0000000)" + rest;
  };
  CHECK(lines ==
        std::vector<std::string>{
            line("created", R"(4","articles":["d"]})"),
            line("grew", R"(1","articles":["c"]})"),
            line("split", R"(1","into":"s00000005","articles":["e"]})"),
            line("merged", R"(2","from":"s00000003","articles":["b"]})"),
            line("updated", R"(1","articles":["a"]})")});
}

}  // namespace
}  // namespace storyfold
