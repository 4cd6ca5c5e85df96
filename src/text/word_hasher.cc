#include "text/word_hasher.h"

#include <algorithm>

#include "text/hash_runs.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

// Copies `text` without the removed lines.
void CopyKeptLines(std::string_view text, std::span<const uint32_t> removed,
                   std::string& kept) {
  kept.clear();
  auto next_removed = removed.begin();
  for (uint32_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (next_removed != removed.end() && *next_removed == number) {
      ++next_removed;
    } else {
      kept.append(text.substr(0, end));
    }
    text.remove_prefix(end);
  }
}

bool AnyNonAscii(const ClassifiedText& text) {
  uint64_t any = 0;
  for (const ByteClasses& block : text.blocks) any |= block.non_ascii;
  return any != 0;
}

}  // namespace

// The runs of a text that has bytes outside of ASCII somewhere.
void WordHasher::HashMixed(std::string_view text) {
  words_.clear();
  for (size_t i = 0; i < runs_.size; ++i) {
    const uint32_t begin = runs_.begins[i];
    const uint32_t end = runs_.ends[i];
    if (!AnyByteIs(classified_, begin, end, &ByteClasses::non_ascii)) {
      words_.push_back(
          HashPaddedWord(classified_.lower.data() + begin, end - begin));
      continue;
    }
    tokens_.clear();
    mixed_.Append(text, begin, end, tokens_);
    for (const Token& token : tokens_) words_.push_back(token.hash);
  }
}

std::span<const uint64_t> WordHasher::Hash(
    std::string_view text, std::span<const uint32_t> removed_lines) {
  if (!removed_lines.empty()) {
    CopyKeptLines(text, removed_lines, kept_);
    text = kept_;
  }
  ClassifyBytes(text, level_, classified_);
  FindWordRuns(classified_, level_, runs_);
  if (AnyNonAscii(classified_)) {
    HashMixed(text);
    return words_;
  }
  if (words_.size() < runs_.size) words_.resize(runs_.size);
  HashWordRuns(classified_.lower.data(), runs_, level_, words_.data());
  return {words_.data(), runs_.size};
}

}  // namespace storyfold
