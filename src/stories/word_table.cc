// The table is text, so that a user can read and mend it; packed, the one that
// is part of the library takes 48 kB. A share is rounded to 1 in 100,000: the
// rarest of 10,000 words stands in some 70 articles of these.
//
// Tested by: tests/stories/word_table_test.cc

#include "storyfold/word_table.h"

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>
#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "base/string_view.h"
#include "stories/built_in_words.h"
#include "stories/terms.h"

namespace storyfold {
namespace {

constexpr double kArticles = 100'000;

absl::StatusOr<WordShare> ParseLine(absl::string_view line) {
  const std::pair<absl::string_view, absl::string_view> fields =
      absl::StrSplit(line, absl::MaxSplits('\t', 1));
  double articles = 0;
  if (fields.first.empty() || !absl::SimpleAtod(fields.second, &articles) ||
      !(articles >= 0 && articles <= kArticles)) {
    return absl::InvalidArgumentError(
        "not a word, a tab and a number from 0 to 100,000");
  }
  return WordShare{std::string(fields.first), articles / kArticles};
}

std::string Unpack(std::string_view packed) {
  std::string text(ZSTD_getFrameContentSize(packed.data(), packed.size()),
                   '\0');
  [[maybe_unused]] const size_t size =
      ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
  assert(size == text.size());
  return text;
}

}  // namespace

WordTable::WordTable(std::span<const WordShare> words) {
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    shares_.emplace_back(TermOfSpelling(word->word),
                         static_cast<float>(word->share));
  }
  const auto term = &std::pair<uint64_t, float>::first;
  std::ranges::stable_sort(shares_, {}, term);
  shares_.erase(std::ranges::unique(shares_, {}, term).begin(), shares_.end());
}

double WordTable::Share(uint64_t term) const {
  const auto at = std::ranges::lower_bound(shares_, term, {},
                                           &std::pair<uint64_t, float>::first);
  return at != shares_.end() && at->first == term ? double{at->second} : 0;
}

std::shared_ptr<const WordTable> BuiltInWords() {
  static const auto table = [] {
    const auto words = ParseWords(Unpack(PackedBuiltInWords()));
    assert(words.ok());
    return std::make_shared<const WordTable>(*words);
  }();
  return table;
}

std::string FormatWords(std::span<const WordShare> words) {
  std::string text = "# word, and articles in 100,000 that use it\n";
  for (const WordShare& word : words) {
    absl::StrAppend(&text, word.word, "\t",
                    static_cast<int64_t>(std::lround(word.share * kArticles)),
                    "\n");
  }
  return text;
}

absl::StatusOr<std::vector<WordShare>> ParseWords(std::string_view text) {
  std::vector<WordShare> words;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(ToAbsl(text), '\n')) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    auto word = ParseLine(line);
    if (!word.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(number, ": ", word.status().message()));
    }
    words.push_back(*std::move(word));
  }
  return words;
}

}  // namespace storyfold
