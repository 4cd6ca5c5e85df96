// The file: the magic; the number of articles, of counts, of heavy terms; the
// counts, 20 bytes each; the heavy terms, 12 bytes each.
//
// Tested by: tests/state/night_terms_test.cc

#include "state/night_terms.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr std::string_view kTermsMagic("sfterm\r\n", 8);
constexpr size_t kHeaderBytes = 32;
constexpr size_t kCountBytes = 20;
constexpr size_t kHeavyBytes = 12;
constexpr size_t kHeavyTerms = 20;

template <typename T>
void Append(T value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

// Takes a value from the front. REQUIRES: it is there
template <typename T>
T Take(std::string_view& bytes) {
  T value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  bytes.remove_prefix(sizeof(value));
  return value;
}

bool IsAscending(std::span<const TermCount> counts) {
  return std::ranges::adjacent_find(counts, std::greater_equal(),
                                    &TermCount::term) == counts.end();
}

TermCount Sum(const TermCount& a, const TermCount& b) {
  return {a.term, a.articles + b.articles, a.uses + b.uses,
          a.capitalised + b.capitalised};
}

// Reads the file of a night.
absl::StatusOr<NightTerms> ReadTerms(const std::string& path,
                                     int64_t checksum) {
  const auto file = MapNamedFile(path, checksum);
  if (!file.ok()) return file.status();
  auto terms = DecodeNightTerms((*file)->bytes());
  return terms.ok() ? terms : DamagedFile(path, terms.status());
}

}  // namespace

void AppendHeavyTerms(const TermVectors& vectors, size_t row, uint32_t number,
                      std::vector<HeavyTerm>& heavy) {
  const auto all = vectors.rows.Row(row);
  std::vector<VectorEntry> entries(all.begin(), all.end());
  const size_t kept = std::min(kHeavyTerms, entries.size());
  std::ranges::partial_sort(
      entries, entries.begin() + static_cast<ptrdiff_t>(kept),
      [](const VectorEntry& a, const VectorEntry& b) {
        return a.value != b.value ? a.value > b.value : a.term < b.term;
      });
  for (size_t k = 0; k < kept; ++k) {
    const uint64_t term = vectors.vocabulary[entries[k].term].term;
    heavy.push_back(
        {static_cast<uint32_t>(term >> 32), number, entries[k].value});
  }
}

std::string Encode(const NightTerms& terms) {
  std::string out(kTermsMagic);
  Append(terms.num_articles, out);
  Append(uint64_t{terms.counts.size()}, out);
  Append(uint64_t{terms.heavy.size()}, out);
  for (const TermCount& count : terms.counts) {
    Append(count.term, out);
    Append(count.articles, out);
    Append(count.uses, out);
    Append(count.capitalised, out);
  }
  for (const HeavyTerm& heavy : terms.heavy) {
    Append(heavy.term, out);
    Append(heavy.article, out);
    Append(heavy.weight, out);
  }
  return out;
}

absl::StatusOr<NightTerms> DecodeNightTerms(std::string_view bytes) {
  const absl::Status damaged = absl::DataLossError("damaged: no terms");
  if (!bytes.starts_with(kTermsMagic) || bytes.size() < kHeaderBytes) {
    return damaged;
  }
  bytes.remove_prefix(kTermsMagic.size());
  NightTerms terms;
  terms.num_articles = Take<uint64_t>(bytes);
  const auto num_counts = Take<uint64_t>(bytes);
  const auto num_heavy = Take<uint64_t>(bytes);
  if (terms.num_articles > ~uint32_t{0} ||
      num_counts > bytes.size() / kCountBytes ||
      num_heavy > bytes.size() / kHeavyBytes ||
      bytes.size() != num_counts * kCountBytes + num_heavy * kHeavyBytes) {
    return damaged;
  }
  for (uint64_t k = 0; k < num_counts; ++k) {
    TermCount& count = terms.counts.emplace_back();
    count.term = Take<uint64_t>(bytes);
    count.articles = Take<uint32_t>(bytes);
    count.uses = Take<uint32_t>(bytes);
    count.capitalised = Take<uint32_t>(bytes);
  }
  for (uint64_t k = 0; k < num_heavy; ++k) {
    HeavyTerm& heavy = terms.heavy.emplace_back();
    heavy.term = Take<uint32_t>(bytes);
    heavy.article = Take<uint32_t>(bytes);
    heavy.weight = Take<float>(bytes);
  }
  const auto is_weight = [](const HeavyTerm& heavy) {
    return heavy.weight >= 0 && heavy.weight <= 1.001f;  // nor is NaN one
  };
  if (!IsAscending(terms.counts) ||
      !std::ranges::all_of(terms.heavy, is_weight) ||
      !std::ranges::is_sorted(terms.heavy, {}, &HeavyTerm::term)) {
    return damaged;
  }
  // An older storyfold left those of a term by article.
  if (!std::ranges::is_sorted(terms.heavy, std::less<HeavyTerm>())) {
    std::ranges::sort(terms.heavy, std::less<HeavyTerm>());
  }
  return terms;
}

std::vector<TermCount> Add(std::span<const TermCount> a,
                           std::span<const TermCount> b) {
  std::vector<TermCount> sum;
  sum.reserve(std::max(a.size(), b.size()));
  size_t i = 0;
  for (const TermCount& other : b) {
    while (i < a.size() && a[i].term < other.term) sum.push_back(a[i++]);
    const bool in_both = i < a.size() && a[i].term == other.term;
    sum.push_back(in_both ? Sum(a[i++], other) : other);
  }
  sum.insert(sum.end(), a.begin() + static_cast<ptrdiff_t>(i), a.end());
  return sum;
}

std::vector<TermCount> Subtract(std::span<const TermCount> counts,
                                std::span<const TermCount> less) {
  std::vector<TermCount> rest;
  auto other = less.begin();
  for (TermCount count : counts) {
    while (other != less.end() && other->term < count.term) ++other;
    if (other != less.end() && other->term == count.term) {
      count = Without(count, *other);
    }
    if (count.articles > 0) rest.push_back(count);
  }
  return rest;
}

absl::StatusOr<WindowTerms> ReadWindowTerms(const StateFiles& files,
                                            Database& database,
                                            int64_t window_begin) {
  WindowTerms window;
  std::vector<std::pair<std::string, int64_t>> named;  // files and checksums
  Statement nights = database.Prepare(
      "SELECT night, terms_checksum FROM nights WHERE clock >= ? "
      "ORDER BY night");
  nights.With(window_begin);
  while (nights.Next()) {
    const auto checksum = nights.IntOrNone(1);
    if (checksum) {
      window.nights.push_back(nights.Int(0));
      named.emplace_back(files.TermsFile(nights.Int(0)), *checksum);
    } else {
      window.unknown_nights.push_back(nights.Int(0));
    }
  }
  if (!database.ok()) return database.status();
  std::vector<absl::StatusOr<NightTerms>> of_nights(named.size());
  ParallelFor(named.size(), [&](size_t n) {
    of_nights[n] = ReadTerms(named[n].first, named[n].second);
  });
  for (absl::StatusOr<NightTerms>& terms : of_nights) {
    if (!terms.ok()) return terms.status();
    window.num_articles += terms->num_articles;
    window.counts = Add(window.counts, terms->counts);
    window.heavy.push_back(std::move(terms->heavy));
  }
  return window;
}

}  // namespace storyfold
