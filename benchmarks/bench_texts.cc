#include "bench_texts.h"

#include <array>
#include <iterator>
#include <span>

#include "sketch/shingles.h"
#include "text/removed_lines.h"
#include "text/word_hasher.h"

namespace storyfold {
namespace {

constexpr size_t kNumTexts = 64;  // 200 kB: more than the first-level cache
constexpr size_t kNumOriginals = 16'000;
constexpr size_t kWordsPerText = 450;
constexpr size_t kVocabulary = 60'000;

constexpr std::array<std::string_view, 14> kLatinConsonants = {
    "t", "n", "s", "r", "h", "l", "d", "c", "m", "f", "p", "g", "w", "b"};
constexpr std::array<std::string_view, 5> kLatinVowels = {"e", "a", "o", "i",
                                                          "u"};
constexpr std::array<std::string_view, 14> kCyrillicConsonants = {
    "н", "т", "с", "р", "в", "л", "к", "м", "д", "п", "г", "з", "б", "ч"};
constexpr std::array<std::string_view, 5> kCyrillicVowels = {"о", "е", "а", "и",
                                                             "ы"};

// Low numbers, which are frequent, are short words.
std::string AlphabetWord(uint64_t number, Language language) {
  const bool latin = language != Language::kRussian;
  const auto& consonants = latin ? kLatinConsonants : kCyrillicConsonants;
  const auto& vowels = latin ? kLatinVowels : kCyrillicVowels;
  std::string word;
  do {
    word += vowels[number % vowels.size()];
    number /= vowels.size();
    word += consonants[number % consonants.size()];
    number /= consonants.size();
  } while (number > 0);
  return word;
}

std::string HanCharacter(uint64_t number) {
  const uint64_t code_point = 0x4E00 + number % 3'500;
  const auto byte = [](uint64_t value) { return static_cast<char>(value); };
  return {byte(0xE0 | code_point >> 12), byte(0x80 | (code_point >> 6 & 0x3F)),
          byte(0x80 | (code_point & 0x3F))};
}

// One or two characters.
std::string ChineseWord(uint64_t number) {
  std::string word = HanCharacter(number);
  if (number >= 600) word += HanCharacter(number / 7);
  return word;
}

// The cube of a uniform number makes low word numbers frequent.
uint64_t WordNumber(Random& random) {
  const double u = random.Unit();
  return static_cast<uint64_t>(u * u * u * static_cast<double>(kVocabulary));
}

// What stands behind a word: blanks, punctuation, line ends.
std::string_view Separator(Random& random, Language language) {
  const bool chinese = language == Language::kChinese;
  const uint64_t choice = random.Below(40);
  if (choice == 0) return chinese ? "。\n" : ".\n";
  if (choice == 1) return chinese ? "。" : ". ";
  if (choice < 5) return chinese ? "，" : ", ";
  if (choice == 5 && language == Language::kEnglish) return "'s ";
  if (choice == 5 && language == Language::kQuotes) return "\u2019s ";
  return chinese ? "" : " ";
}

std::string MakeWord(Random& random, Language language) {
  if (random.Below(50) == 0) return std::to_string(random.Below(3'000));
  const uint64_t number = WordNumber(random);
  if (language == Language::kChinese) return ChineseWord(number);
  std::string word = AlphabetWord(number, language);
  const bool capitalised = random.Below(8) == 0;
  if (capitalised && language != Language::kRussian) {
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
  }
  return word;
}

std::string MakeText(Random& random, Language language) {
  std::string text;
  for (size_t i = 0; i < kWordsPerText; ++i) {
    text += MakeWord(random, language);
    text += Separator(random, language);
  }
  return text;
}

BenchTexts MakeTexts(Language language) {
  BenchTexts made;
  Random random(7);
  WordHasher hasher;
  for (size_t i = 0; i < kNumTexts; ++i) {
    const std::string& text =
        made.texts.emplace_back(MakeText(random, language));
    made.num_bytes += text.size();
    const auto words = hasher.Hash(text);
    made.words.emplace_back(words.begin(), words.end());
    std::vector<uint64_t> buffer;
    const auto shingles =
        HashShingles(made.words.back(), kShingleTokens, buffer);
    made.shingles.emplace_back(shingles.begin(), shingles.end());
    made.num_shingles += shingles.size();
  }
  return made;
}

double Jaccard(std::span<const uint64_t> x, std::span<const uint64_t> y) {
  std::vector<uint64_t> common;
  std::ranges::set_intersection(x, y, std::back_inserter(common));
  return static_cast<double>(common.size()) /
         static_cast<double>(x.size() + y.size() - common.size());
}

// Adds an article and returns its shingles.
std::vector<uint64_t> AddArticle(std::string text, WordHasher& hasher,
                                 BenchCopies& made) {
  std::vector<uint64_t> shingles =
      ShingleSet(hasher.Hash(text), kShingleTokens);
  made.num_bytes += text.size();
  made.num_shingles += shingles.size();
  Corpus::Fields fields;
  fields.text = std::move(text);
  made.corpus.Add(std::move(fields));
  return shingles;
}

BenchCopies MakeCopies() {
  BenchCopies made;
  Random random(7);
  WordHasher hasher;
  for (size_t i = 0; i < kNumOriginals; ++i) {
    const auto original = static_cast<ArticleId>(made.corpus.articles().size());
    const std::string text = MakeText(random, Language::kEnglish);
    const auto shingles = AddArticle(text, hasher, made);
    if (random.Below(4) != 0) continue;
    const auto copy =
        AddArticle(Edit(random, text, 0.15 * random.Unit()), hasher, made);
    if (shingles != copy && Jaccard(shingles, copy) >= kBenchJaccard) {
      made.alike.emplace_back(original, original + 1);
    }
  }
  made.sketches = SketchArticles(made.corpus.articles(), RemovedLines());
  made.texts = FoldEqualTexts(made.sketches);
  return made;
}

}  // namespace

const BenchTexts& TextsOf(Language language) {
  static const BenchTexts english = MakeTexts(Language::kEnglish);
  static const BenchTexts quotes = MakeTexts(Language::kQuotes);
  static const BenchTexts russian = MakeTexts(Language::kRussian);
  static const BenchTexts chinese = MakeTexts(Language::kChinese);
  switch (language) {
    case Language::kEnglish:
      return english;
    case Language::kQuotes:
      return quotes;
    case Language::kRussian:
      return russian;
    case Language::kChinese:
      return chinese;
  }
  return english;
}

const BenchCopies& Copies() {
  static const BenchCopies copies = MakeCopies();
  return copies;
}

void ReportRates(benchmark::State& state, size_t num_bytes,
                 size_t num_shingles) {
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(num_bytes));
  state.counters["shingle"] =
      benchmark::Counter(static_cast<double>(num_shingles),
                         benchmark::Counter::kIsIterationInvariantRate |
                             benchmark::Counter::kInvert);
}

void RegisterLanguages(std::string_view name,
                       void (*run)(benchmark::State&, Language)) {
  constexpr std::array<std::pair<std::string_view, Language>, 4> kLanguages = {
      {{"english", Language::kEnglish},
       {"quotes", Language::kQuotes},
       {"russian", Language::kRussian},
       {"chinese", Language::kChinese}}};
  for (const auto& [language_name, language] : kLanguages) {
    const std::string full =
        std::string(name) + "/" + std::string(language_name);
    benchmark::RegisterBenchmark(full.c_str(), run, language);
  }
}

}  // namespace storyfold
