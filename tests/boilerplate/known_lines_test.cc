#include "boilerplate/known_lines.h"

#include <algorithm>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// Lines of one to four texts, with none to two pages that wait.
std::vector<KnownLine> RandomLines(size_t size) {
  Random random(41);
  std::vector<KnownLine> lines;
  uint64_t key = 0;
  for (size_t k = 0; k < size; ++k) {
    KnownLine line;
    line.key = key += 1 + random.Below(uint64_t{1} << 50);
    line.num_texts = static_cast<uint8_t>(1 + random.Below(kMostTextsOfLine));
    if (random.Below(4) != 0) line.num_texts = 1;
    for (uint32_t t = 0; t < line.num_texts; ++t) line.texts[t] = 5 * t;
    line.num_waiting = static_cast<uint8_t>(random.Below(3));
    for (uint32_t w = 0; w < line.num_waiting; ++w) {
      line.waiting[w] = {static_cast<uint32_t>(random.Below(9)), 3 + w};
    }
    line.first_day = static_cast<uint16_t>(random.Below(50));
    line.last_day = 50;
    lines.push_back(line);
  }
  return lines;
}

TEST_CASE("lines of one text and others come back as they were",
          "[boilerplate]") {
  const std::vector<KnownLine> lines = RandomLines(500);
  const KnownLines known(lines);
  CHECK(known.size() == lines.size());
  CHECK(known.of_one_text().size() > 200);
  CHECK(known.others().size() > 200);
  for (const KnownLine& line : lines) {
    CHECK(known.Find(line.key) == line);
    CHECK_FALSE(known.Find(line.key - 1).has_value());
  }
  CHECK_FALSE(known.Find(lines.back().key + 1).has_value());
}

TEST_CASE("lines up to a key are those of both kinds", "[boilerplate]") {
  const std::vector<KnownLine> lines = RandomLines(100);
  size_t visited = 0;
  KnownLines(lines).ForEachUpTo(lines[60].key, [&](const KnownLine& line) {
    CHECK(line.key <= lines[60].key);
    ++visited;
  });
  CHECK(visited == 61);
}

// Returns all lines by key.
std::vector<KnownLine> All(const KnownLines& known) {
  std::vector<KnownLine> all;
  known.ForEachUpTo(~uint64_t{0},
                    [&](const KnownLine& line) { all.push_back(line); });
  std::ranges::sort(all, {}, &KnownLine::key);
  return all;
}

TEST_CASE("changed lines are of the kind that they are now", "[boilerplate]") {
  std::vector<KnownLine> lines = RandomLines(300);
  const KnownLines known(lines);
  // Every third line, and some that are new.
  std::vector<uint64_t> keys;
  for (size_t k = 0; k < lines.size(); ++k) {
    if (k % 3 == 0) keys.push_back(lines[k].key);
    if (k % 7 == 0) keys.push_back(lines[k].key + 1);
  }
  const auto change = [](KnownLine& line) {
    line.num_texts = static_cast<uint8_t>(line.key % 2 + 1);
    line.texts = {4, line.num_texts == 2 ? 9u : 0u};
    line.last_day = 60;
  };
  const KnownLines changed =
      known.WithChanged(keys, [&](size_t k, KnownLine& line) {
        CHECK(line.key == keys[k]);
        change(line);
      });
  std::vector<KnownLine> expected;
  for (size_t k = 0; k < lines.size(); ++k) {
    if (k % 3 == 0) change(lines[k]);
    expected.push_back(lines[k]);
    if (k % 7 != 0) continue;
    KnownLine line;
    line.key = lines[k].key + 1;
    change(line);
    expected.push_back(line);
  }
  CHECK(All(changed) == expected);
  CHECK(changed == KnownLines(expected));
  for (const KnownLine& line : expected) {
    CHECK(changed.Find(line.key) == line);
    CHECK_FALSE(changed.Find(line.key + 2).has_value());
  }
}

TEST_CASE("a filter of keys knows all of them and few others",
          "[boilerplate]") {
  Random random(7);
  for (const size_t size : {0u, 1u, 63u, 1000u}) {
    KeyFilter filter(size);
    std::vector<uint64_t> keys;
    for (size_t k = 0; k < size; ++k) keys.push_back(random.Next());
    for (const uint64_t key : keys) filter.Add(key);
    for (const uint64_t key : keys) CHECK(filter.MayHave(key));
    size_t others = 0;
    for (int k = 0; k < 1000; ++k) others += filter.MayHave(random.Next());
    CHECK(others <= (size == 0 ? 0 : 160));
  }
  CHECK(KeyFilter().MayHave(7));
}

TEST_CASE("edited lines are of the kind that they are now", "[boilerplate]") {
  struct LeaveOneText {
    void operator()(LineOfOneText& line) const { line.text = 1; }
    void operator()(KnownLine& line) const {
      line.texts = {1};
      line.num_texts = 1;
    }
  };
  std::vector<KnownLine> lines = RandomLines(300);
  KnownLines known(lines);
  known.EditEach(LeaveOneText());
  for (KnownLine& line : lines) LeaveOneText()(line);
  CHECK(All(known) == lines);
  CHECK(known == KnownLines(lines));

  known.EraseIf([](const auto& line) { return line.key % 2 == 0; });
  std::erase_if(lines, [](const KnownLine& line) { return line.key % 2 == 0; });
  CHECK(known == KnownLines(lines));
}

TEST_CASE("lines are removed up to a key, and none behind it",
          "[boilerplate]") {
  std::vector<KnownLine> lines = RandomLines(300);
  KnownLines known(lines);
  const uint64_t last = lines[90].key;
  known.EraseUpTo(last, [](const auto& line) { return line.key % 2 == 0; });
  std::erase_if(lines, [&](const KnownLine& line) {
    return line.key <= last && line.key % 2 == 0;
  });
  CHECK(lines.size() < 300);
  CHECK(known == KnownLines(lines));
}

TEST_CASE("where there are no lines none is found", "[boilerplate]") {
  const KnownLines none;
  CHECK(none.empty());
  CHECK_FALSE(none.Find(7).has_value());
}

}  // namespace
}  // namespace storyfold
