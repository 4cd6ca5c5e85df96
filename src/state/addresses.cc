// By which address an article is known. An index of SQLite over the addresses
// of all articles, or over hashes of them, is a tree whose pages stand in the
// order of the hashes: those of 20,000 new articles fall on every page of it,
// and a night writes the whole index, 2,400 pages of it after 30 nights, most
// of them for a few new keys. So what a night adds stands by itself: one row of
// (upper half of the XXH3 of the URL, number of the article), 8 bytes each, by
// key, 40 pages that are written once.
//
// An update then goes through all rows, once, beside the sorted keys of those
// addresses of its crawl that are not known by id: 20,000 of them pass 600,000
// records in 2 ms, and reading these takes 2 to 5.
//
// A record only says whom to ask. The article it names is looked up, and counts
// if it has this very URL: so two URLs of one key do no harm (of 20,000 asked
// and 600,000 stored three pairs are expected to have one), and neither do
// records of articles that are gone, or have another URL by now. An article
// that had a URL, lost it and got it back has two records with it, and counts
// once. Of stale records only RewriteAddresses takes room away.
//
//   night 1   key(u) 1, key(v) 2     article 1 has u, article 2 has v
//   night 2   key(w) 1, key(x) 3     now 1 has w: u names nobody
//
// Tested by: tests/state/addresses_test.cc, tests/state/known_articles_test.cc

#include "state/addresses.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "base/hash.h"

namespace storyfold {
namespace {

uint64_t KeyOf(std::string_view url) { return HashBytes(url) >> 32; }

uint64_t RecordOf(uint64_t key, uint32_t place) { return key << 32 | place; }

// Which stored articles have the URLs that are asked for.
class Holders {
 public:
  Holders(std::span<const std::string_view> urls, Database& database)
      : urls_(urls),
        has_(database.Prepare(
            "SELECT 1 FROM articles WHERE number = ? AND url = ?")),
        first_(urls.size()),
        several_(urls.size(), false) {}

  // Looks at an article that may have URL `u`.
  void Ask(uint32_t u, int64_t number) {
    if (several_[u] || first_[u] == number) return;
    has_.With(number, urls_[u]);
    if (!has_.Next()) return;
    if (first_[u]) {
      several_[u] = true;
    } else {
      first_[u] = number;
    }
  }

  std::vector<std::optional<int64_t>> Only() const {
    std::vector<std::optional<int64_t>> only = first_;
    for (size_t u = 0; u < only.size(); ++u) {
      if (several_[u]) only[u] = std::nullopt;
    }
    return only;
  }

 private:
  std::span<const std::string_view> urls_;
  Statement has_;
  std::vector<std::optional<int64_t>> first_;
  std::vector<bool> several_;
};

KeyTable KeysOfUrls(std::span<const std::string_view> urls) {
  KeyTable table;
  for (uint32_t u = 0; u < urls.size(); ++u) {
    table.push_back(RecordOf(KeyOf(urls[u]), u));
  }
  std::ranges::sort(table);
  return table;
}

// Looks at every stored article for all URLs of its key.
void AskAll(const KeyTable& asked, const KeyTable& stored, Holders& holders) {
  size_t a = 0;
  size_t s = 0;
  while (a < asked.size() && s < stored.size()) {
    const uint64_t key = stored[s] >> 32;
    for (size_t k = a; k < asked.size() && asked[k] >> 32 == key; ++k) {
      holders.Ask(PlaceOfRecord(asked[k]), PlaceOfRecord(stored[s]));
    }
    // Which is behind nobody can foretell: no branch.
    const bool is_behind = asked[a] >> 32 < key;
    a += is_behind;
    s += !is_behind;
  }
}

}  // namespace

uint64_t AddressRecord(std::string_view url, int64_t number) {
  return RecordOf(KeyOf(url), static_cast<uint32_t>(number));
}

void AddAddresses(int64_t night, KeyTable records, Database& database) {
  if (records.empty()) return;
  std::ranges::sort(records);
  database.Prepare("INSERT INTO addresses (night, keys) VALUES (?, ?)")
      .With(night, std::as_bytes(std::span(records)))
      .Run();
}

void RewriteAddresses(Database& database) {
  std::map<int64_t, KeyTable> of_night;
  Statement articles = database.Prepare(
      "SELECT segments.night, number, url FROM articles "
      "JOIN segments USING (segment) WHERE url <> ''");
  while (articles.Next()) {
    of_night[articles.Int(0)].push_back(
        AddressRecord(articles.Text(2), articles.Int(1)));
  }
  database.Execute("DELETE FROM addresses");
  for (auto& [night, records] : of_night) {
    AddAddresses(night, std::move(records), database);
  }
}

absl::StatusOr<std::vector<std::optional<int64_t>>> FindByAddress(
    std::span<const std::string_view> urls, Database& database) {
  if (urls.empty()) return std::vector<std::optional<int64_t>>{};
  const KeyTable asked = KeysOfUrls(urls);
  Holders holders(urls, database);
  Statement rows = database.Prepare("SELECT night, keys FROM addresses");
  while (rows.Next()) {
    const auto records = DecodeAddresses(rows.Int(0), rows.Bytes(1));
    if (!records.ok()) return records.status();
    AskAll(asked, *records, holders);
  }
  return holders.Only();
}

absl::StatusOr<KeyTable> DecodeAddresses(int64_t night,
                                         std::span<const std::byte> bytes) {
  KeyTable records(bytes.size() / sizeof(uint64_t));
  if (!records.empty()) {
    std::memcpy(records.data(), bytes.data(),
                records.size() * sizeof(uint64_t));
  }
  if (bytes.size() % sizeof(uint64_t) != 0 ||
      !std::ranges::is_sorted(records)) {
    return absl::DataLossError(
        absl::StrCat("damaged: the addresses of night ", night));
  }
  return records;
}

}  // namespace storyfold
