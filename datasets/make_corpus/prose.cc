// Sentences at a few nanoseconds a word.
//
// The unit is the step: no function word or a few, then one content word, which
// belongs to the article's focus or to the language at large.  One 64-bit
// random number decides all of it, every choice is a table look-up, and both
// words are written by 16-byte stores whether they are there or not, so the
// loop has no branch to mispredict.  Everything a reader of news expects beyond
// that (capitals, commas, quotes, names, numbers) is put between runs of steps:
//
//   plain      Steps[, steps][ number steps].
//   reported   First Last said steps.
//   quoted     “Steps, steps,” said First Last.
//
// A run of steps ends with a space, which a punctuation mark then replaces.
// A sentence is written to an array on the stack that the longest one fits.

#include "prose.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cstring>

namespace storyfold {
namespace {

constexpr size_t kMaxSentenceBytes = 2048;

// Words in ten steps, with the names and numbers that stand between them, and
// the steps in half a line.
constexpr uint32_t kWordsInTenSteps = 20;
constexpr uint32_t kHalfLine = 9;

// Of 100 sentences.
constexpr uint32_t kQuotedPercent = 12;
constexpr uint32_t kReportedPercent = 13;

using SentenceBuffer = std::array<char, kMaxSentenceBytes>;

char* PutText(std::string_view text, char* out) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* PutUnsigned(uint32_t number, char* out) {
  return std::to_chars(out, out + 10, number).ptr;
}

// Replaces the space before `end`.
char* PutMark(std::string_view mark, char* end) {
  return PutText(mark, end - 1);
}

void Capitalise(char* letter) {
  if (*letter >= 'a' && *letter <= 'z') {
    *letter = static_cast<char>(*letter - 'a' + 'A');
  }
}

// REQUIRES: 32 bytes a step of room at `out`
char* PutSteps(uint32_t steps, const Voice& voice, char* out) {
  const Vocabulary& vocabulary = voice.vocabulary;
  const Focus& focus = voice.focus;
  Random local = voice.random;  // in registers: `out` cannot alias it
  for (uint32_t i = 0; i < steps; ++i) {
    const uint64_t bits = local.Next();
    const size_t slot = bits % Vocabulary::kFunctionSlots;
    const WordId topical = focus.words[(bits >> 12) % Focus::kSlots];
    const WordId common =
        vocabulary.content.Draw(static_cast<uint32_t>(bits >> 32));
    const bool is_topical = (bits >> 20) % 256 < focus.share;
    out = PutWord(vocabulary.function_words[vocabulary.function_slots[slot]],
                  out);
    out = PutWord(vocabulary.words[is_topical ? topical : common], out);
  }
  voice.random = local;
  return out;
}

char* PutFullName(const Vocabulary& vocabulary, const Person& person,
                  char* out) {
  out = PutWord(vocabulary.words[person.first_name], out);
  return PutWord(vocabulary.words[person.surname], out);
}

const Person& PickSpeaker(const Voice& voice) {
  const Focus& focus = voice.focus;
  const uint32_t choice = voice.random.Below(focus.cast.num_people + 1);
  return choice == focus.cast.num_people ? focus.expert
                                         : focus.cast.people[choice];
}

// "12,500"
char* PutThousands(uint32_t number, char* out) {
  if (number < 1'000) return PutUnsigned(number, out);
  out = PutUnsigned(number / 1'000, out);
  *out++ = ',';
  const uint32_t rest = number % 1'000;
  if (rest < 100) *out++ = '0';
  if (rest < 10) *out++ = '0';
  return PutUnsigned(rest, out);
}

// Half of the numbers are figures of the event.
char* PutNumber(const Focus& focus, Random& random, char* out) {
  switch (random.Below(8)) {
    case 0:
      out = PutUnsigned(random.Between(1950, 2030), out);
      break;
    case 1:
      out = PutText(" percent", PutUnsigned(random.Between(2, 98), out));
      break;
    case 2:
      out = PutText("$", out);
      out = PutUnsigned(random.Between(1, 90), out);
      out = PutText(".", out);
      out = PutUnsigned(random.Below(10), out);
      out = PutText(" million", out);
      break;
    case 3:
      out = PutThousands(random.Below(20'000), out);
      break;
    default:
      out = PutThousands(focus.figures[random.Below(3)], out);
  }
  *out++ = ' ';
  return out;
}

char* PutPlain(uint32_t steps, const Voice& voice, char* out) {
  const uint32_t first = 2 + voice.random.Below(steps - 3);
  out = PutSteps(first, voice, out);
  const uint32_t link = voice.random.Below(100);
  if (link < 45) out = PutMark(", ", out);
  if (link >= 45 && link < 75) out = PutNumber(voice.focus, voice.random, out);
  if (link >= 95) out = PutMark(voice.typography.dash, out);
  out = PutSteps(steps - first, voice, out);
  return PutMark(". ", out);
}

char* PutReported(uint32_t steps, const Voice& voice, char* out) {
  const Person& speaker = PickSpeaker(voice);
  out = PutFullName(voice.vocabulary, speaker, out);
  out = PutText("said ", out);
  out = PutSteps(steps, voice, out);
  return PutMark(". ", out);
}

// The quote and who said it; `text` has no final punctuation.
char* PutQuoted(std::string_view text, const Person& speaker,
                const Voice& voice, char* out) {
  out = PutText(voice.typography.open_quote, out);
  out = PutText(text, out);
  out = PutText(",", out);
  out = PutText(voice.typography.close_quote, out);
  out = PutText(" said ", out);
  out = PutFullName(voice.vocabulary, speaker, out);
  return PutMark(". ", out);
}

// What stands between the quotes, without final punctuation.
char* PutSpeech(uint32_t steps, const Voice& voice, char* out) {
  char* end = PutSteps(3, voice, out);
  end = PutMark(", ", end);
  end = PutSteps(steps, voice, end);
  Capitalise(out);
  return end - 1;
}

char* PutSentence(uint32_t steps, const Voice& voice, char* out) {
  const uint32_t kind = voice.random.Below(100);
  if (kind < kQuotedPercent) {
    SentenceBuffer speech;
    const char* end = PutSpeech(steps, voice, speech.data());
    const std::string_view text(speech.data(),
                                static_cast<size_t>(end - speech.data()));
    return PutQuoted(text, PickSpeaker(voice), voice, out);
  }
  if (kind < kQuotedPercent + kReportedPercent) {
    return PutReported(steps, voice, out);
  }
  char* end = PutPlain(steps, voice, out);
  Capitalise(out);
  return end;
}

void EndLine(Body* body) {
  assert(body->text.back() == ' ');
  body->text.pop_back();
  body->line_ends.push_back(static_cast<uint32_t>(body->text.size()));
}

void Append(const char* begin, const char* end, std::string* text) {
  text->append(begin, static_cast<size_t>(end - begin));
}

// Appends one or two sentences; returns how many steps they took.
uint32_t AppendSentences(const Voice& voice, std::string* text) {
  SentenceBuffer sentence;
  uint32_t total = 0;
  for (uint32_t left = voice.random.Between(1, 2); left > 0; --left) {
    const uint32_t steps = 5 + voice.random.Below(8) + voice.random.Below(8);
    const char* end = PutSentence(steps, voice, sentence.data());
    Append(sentence.data(), end, text);
    total += steps;
  }
  return total;
}

void AppendQuoteLine(const SharedQuote& quote, const Voice& voice, Body* body) {
  SentenceBuffer sentence;
  const char* end =
      PutQuoted(quote.text, quote.speaker, voice, sentence.data());
  Append(sentence.data(), end, &body->text);
  if (voice.random.Chance(50)) AppendSentences(voice, &body->text);
  EndLine(body);
}

}  // namespace

std::string_view Body::Line(size_t line) const {
  const size_t begin = line == 0 ? 0 : line_ends[line - 1];
  return std::string_view(text).substr(begin, line_ends[line] - begin);
}

void Body::Clear() {
  text.clear();
  line_ends.clear();
}

void AppendLines(const Voice& voice, const std::vector<SharedQuote>& quotes,
                 uint32_t num_words, Body* body) {
  const uint32_t enough = num_words * 10 / kWordsInTenSteps;
  size_t next_quote = 0;
  uint32_t steps = 0;
  do {
    steps += AppendSentences(voice, &body->text);
    EndLine(body);
    if (next_quote < quotes.size() && voice.random.Chance(50)) {
      const SharedQuote& quote = quotes[next_quote++];
      if (voice.random.Chance(40)) AppendQuoteLine(quote, voice, body);
    }
  } while (steps + kHalfLine < enough);
}

std::string WriteTitle(const Voice& voice) {
  Focus focus = voice.focus;
  focus.share = 220;
  const Voice headline{voice.vocabulary, focus, voice.typography, voice.random};
  SentenceBuffer title;
  char* end = PutSteps(voice.random.Between(4, 6), headline, title.data());
  Capitalise(title.data());
  return std::string(title.data(), static_cast<size_t>(end - title.data()) - 1);
}

SharedQuote WriteQuote(const Voice& voice) {
  SentenceBuffer speech;
  const uint32_t steps = voice.random.Between(4, 12);
  const char* end = PutSpeech(steps, voice, speech.data());
  return {std::string(speech.data(), static_cast<size_t>(end - speech.data())),
          PickSpeaker(voice)};
}

std::string FullName(const Vocabulary& vocabulary, const Person& person) {
  std::string name(vocabulary.words[person.first_name].Text());
  name += ' ';
  name += vocabulary.words[person.surname].Text();
  return name;
}

}  // namespace storyfold
