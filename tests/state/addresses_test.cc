#include "state/addresses.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "state/schema.h"
#include "state/state_folder.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// A catalogue in memory: articles of one segment a night.
class Catalogue {
 public:
  Catalogue() : database_(*Database::Open("", Database::Mode::kWrite)) {
    REQUIRE(PrepareSchema(database_).ok());
  }

  // Stores articles with these URLs, those of the same number anew.
  void AddNight(const std::vector<std::pair<int64_t, std::string>>& urls) {
    ++night_;
    Run("INSERT INTO segments (segment, night, articles, bytes, checksum, "
        "earliest) VALUES (?1, ?1, 1, 1, 1, 1)",
        night_);
    KeyTable records;
    for (const auto& [number, url] : urls) {
      Run("INSERT OR REPLACE INTO articles VALUES (?1, ?1, ?2, 1, 1, 1, ?3, 0, "
          "0, 0, '', '', 1, 1, 1, 1, 0, '')",
          number, url, night_);
      records.push_back(AddressRecord(url, number));
    }
    AddAddresses(night_, records, database_);
  }

  template <typename... Values>
  void Run(const char* sql, const Values&... values) {
    database_.Prepare(sql).With(values...).Run();
    REQUIRE(database_.ok());
  }

  std::vector<std::optional<int64_t>> Find(
      const std::vector<std::string>& urls) {
    const std::vector<std::string_view> asked(urls.begin(), urls.end());
    const auto found = FindByAddress(asked, database_);
    REQUIRE(found.ok());
    REQUIRE(database_.ok());
    return *found;
  }

  // Returns the same by the table of articles itself.
  std::vector<std::optional<int64_t>> Expected(
      const std::vector<std::string>& urls) {
    Statement articles = database_.Prepare(
        "SELECT max(number), count(*) FROM articles WHERE url = ?");
    std::vector<std::optional<int64_t>> expected;
    for (const std::string& url : urls) {
      articles.With(url);
      REQUIRE(articles.Next());
      expected.push_back(articles.Int(1) == 1 ? articles.IntOrNone(0)
                                              : std::nullopt);
    }
    return expected;
  }

  Database& database() { return database_; }

 private:
  Database database_;
  int64_t night_ = 0;
};

using Numbers = std::vector<std::optional<int64_t>>;

TEST_CASE("an address is that of the one article that has it now", "[state]") {
  Catalogue catalogue;
  catalogue.AddNight({{1, "u"}, {2, "v"}, {3, "x"}});
  catalogue.AddNight({{1, "w"}, {4, "x"}});
  const std::vector<std::string> urls = {"x", "none", "u", "w", "v"};
  CHECK(catalogue.Find(urls) ==
        Numbers{std::nullopt, std::nullopt, std::nullopt, 1, 2});
  CHECK(catalogue.Find({}).empty());
}

TEST_CASE("an address that an article got back counts once", "[state]") {
  Catalogue catalogue;
  catalogue.AddNight({{1, "u"}});
  catalogue.AddNight({{1, "w"}});
  catalogue.AddNight({{1, "u"}, {2, "w"}});
  CHECK(catalogue.Find({"u", "w"}) == Numbers{1, 2});
}

TEST_CASE("records of a key that are of other addresses do no harm",
          "[state]") {
  Catalogue catalogue;
  catalogue.AddNight({{1, "u"}, {2, "v"}});
  AddAddresses(
      7, {AddressRecord("u", 2), AddressRecord("u", 99), AddressRecord("w", 1)},
      catalogue.database());
  CHECK(catalogue.Find({"u", "v", "w"}) == Numbers{1, 2, std::nullopt});
}

TEST_CASE("addresses are found over many nights as in the table of articles",
          "[state][prop]") {
  Random random(3);
  const auto some_url = [&] {
    return absl::StrCat("https://a.example/", random.Below(400));
  };
  std::vector<std::string> all;
  for (int i = 0; i < 400; ++i) {
    all.push_back(absl::StrCat("https://a.example/", i));
  }
  Catalogue catalogue;
  for (int night = 1; night <= 30; ++night) {
    CAPTURE(night);
    std::set<int64_t> numbers;
    for (int i = 0; i < 40; ++i) {
      numbers.insert(static_cast<int64_t>(1 + random.Below(300)));
    }
    std::vector<std::pair<int64_t, std::string>> urls;
    for (const int64_t number : numbers) urls.emplace_back(number, some_url());
    catalogue.AddNight(urls);
    catalogue.Run("DELETE FROM articles WHERE number = ?",
                  static_cast<int64_t>(1 + random.Below(300)));
    if (night % 10 == 0) RewriteAddresses(catalogue.database());
    const Numbers expected = catalogue.Expected(all);
    CHECK(catalogue.Find(all) == expected);
    const auto found = std::ranges::count_if(
        expected, [](const auto& number) { return number.has_value(); });
    CHECK(found > 20);
    CHECK(found < 300);
  }
}

NightRecord Ferry(const std::string& id, const std::string& url, int day) {
  return {.id = id,
          .text = "The ferry " + id + " was late.",
          .url = url,
          .published = absl::StrCat("2031-03-", day, "T06:00:00Z")};
}

int64_t NumRecords(const std::string& state) {
  auto opened = OpenForReading(StateFiles(state));
  REQUIRE(opened.ok());
  return opened->database.Number("SELECT sum(length(keys)) / 8 FROM addresses");
}

TEST_CASE("a night without addresses has no row", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines({Ferry("a", "", 10)}));
  UpdateWith(state, AsJsonLines({Ferry("b", "https://a.example/b", 11)}));
  auto opened = OpenForReading(StateFiles(state));
  REQUIRE(opened.ok());
  CHECK(opened->database.Number("SELECT count(*) FROM addresses") == 1);
  CHECK(opened->database.Number("SELECT night FROM addresses") == 2);
}

TEST_CASE("compacting leaves the addresses that articles have now", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines({Ferry("a", "https://a.example/a", 10)}));
  NightRecord b = Ferry("b", "https://a.example/b", 20);
  UpdateWith(state, AsJsonLines({b}));
  b.url = "https://a.example/b2";
  b.text += " It came at noon.";
  UpdateWith(state, AsJsonLines({b}));
  CHECK(NumRecords(state) == 3);
  REQUIRE(*ExpireState(state, {5, true}) == 1);
  CHECK(NumRecords(state) == 3);
  CHECK(VerifyState(state)->empty());
  REQUIRE(CompactState(state).ok());
  CHECK(NumRecords(state) == 1);
  CHECK(VerifyState(state)->empty());
  b.id = "again";
  CHECK(UpdateWith(state, AsJsonLines({b})).seen == 1);
  CHECK(UpdateWith(state, AsJsonLines({Ferry("c", "https://a.example/a", 21)}))
            .fresh == 1);
}

// Returns a row that does not say what it should.
std::string DamagedRow() {
  return GENERATE(as<std::string>{}, "x'00'", "x'0100000000000000ff'", "'text'",
                  "7", "0.5", "x'02000000000000000100000000000000'",
                  "zeroblob(100001)");
}

TEST_CASE(
    "damaged addresses are refused by an update, named by verify, and "
    "made anew by compact",
    "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const std::string url = "https://a.example/a";
  UpdateWith(state, AsJsonLines({Ferry("a", url, 10)}));
  const std::string row = DamagedRow();
  CAPTURE(row);
  RunSql(state, "UPDATE addresses SET keys = " + row);
  const std::string before = ContentOf(state);
  const std::string named = "state.db: damaged: the addresses of night 1";
  std::vector<std::string> command = {"update", "--quiet", "-", "--state",
                                      state};
  for (int run = 0; run < 2; ++run) {
    const ProcessResult update =
        RunTool(command, AsJsonLines({Ferry("b", url, 11)}));
    CHECK(update.exit_code == 1);
    CHECK_THAT(update.err, ContainsSubstring(named));
    CHECK(ContentOf(state) == before);
    command.push_back("--dry-run");
  }
  REQUIRE(VerifyState(state)->size() == 1);
  CHECK_THAT(VerifyState(state)->front(), ContainsSubstring(named));
  REQUIRE(CompactState(state).ok());
  CHECK(VerifyState(state)->empty());
  CHECK(UpdateWith(state, AsJsonLines({Ferry("b", url, 11)})).changed == 1);
}

TEST_CASE(
    "verify finds an article whose address has no record, and an update "
    "goes on without it",
    "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const std::string url = "https://a.example/a";
  UpdateWith(state, AsJsonLines({Ferry("a", url, 10)}));
  const std::string change = GENERATE(
      as<std::string>{}, "DELETE FROM addresses",
      "UPDATE addresses SET keys = zeroblob(800)",
      "UPDATE addresses SET keys = x''",
      "UPDATE addresses SET keys = x'ffffffffffffffffffffffffffffffff'",
      "UPDATE articles SET url = 'https://a.example/b'");
  CAPTURE(change);
  RunSql(state, change);
  REQUIRE(VerifyState(state)->size() == 1);
  CHECK_THAT(VerifyState(state)->front(),
             ContainsSubstring("state.db: damaged: 1 article whose url is not "
                               "among the addresses"));
  CHECK(UpdateWith(state, AsJsonLines({Ferry("b", url, 11)})).fresh == 1);
}

}  // namespace
}  // namespace storyfold
