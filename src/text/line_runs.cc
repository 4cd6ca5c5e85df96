// Which runs hold a digit is found without a look at each run, by the carries
// of one addition. A 1 added at the begin of a run moves on through its plain
// bytes and comes to rest at the first special byte, or behind the run:
//
//   text     The 20th fleet, A4.
//   plain    1110001101111100100  lowest bit first
//   begins   1000100001000000100
//   sum      0001101100000010010
//   at rest  0001100000000010010  the sum without what is plain
//   special  0000110000000000010
//   found    0000100000000000010  the first special byte of a run
//
// The number of a run is the number of begins up to it, counted in the masks.
// Both are one instruction on CPUs that count bits, a call on others, hence the
// levels.
//
// Tested by: tests/text/line_runs_test.cc (every level against a loop over
// bytes)

#include "text/line_runs.h"

#include <bit>

namespace storyfold {
namespace {

// What is known where a block begins.
struct Before {
  uint32_t runs = 0;            // begun
  bool in_run = false;          // the byte before is in a run
  bool in_special_run = false;  // of which a special byte was found
  bool line_is_ascii = true;
  bool line_is_quoted = false;
};

// Returns the bits below `bit`.
constexpr uint64_t Below(int bit) { return (uint64_t{1} << bit) - 1; }

// Returns the bits of the run that reaches the end of a block; 0 if none does.
constexpr uint64_t LastRun(uint64_t word) {
  const auto bytes = static_cast<uint64_t>(std::countl_one(word));
  return ~uint64_t{0} << (-bytes & 63) & -uint64_t{bytes != 0};
}

// Appends the special runs of a block whose first special byte is in it.
[[gnu::always_inline]] inline void AddSpecialRuns(const ByteClasses& block,
                                                  uint64_t begins,
                                                  Before& before,
                                                  std::vector<uint32_t>& out) {
  const uint64_t special = block.digit | block.non_ascii;
  const uint64_t plain = block.word & ~special;
  const bool goes_on = before.in_run & !before.in_special_run;
  const uint64_t sum = plain + (begins | (block.word & uint64_t{goes_on}));
  for (uint64_t bits = sum & ~plain & special; bits != 0; bits &= bits - 1) {
    const uint64_t up_to = bits ^ (bits - 1);
    out.push_back(before.runs +
                  static_cast<uint32_t>(std::popcount(begins & up_to)) - 1);
  }
  // No short cuts: which way they go cannot be foretold.
  const uint64_t last_run = LastRun(block.word);
  before.in_special_run = ((special & last_run) != 0) |
                          (before.in_special_run & (last_run == ~uint64_t{0}));
}

// Appends the lines that end in a block.
[[gnu::always_inline]] inline void AddLines(const ByteClasses& block,
                                            uint64_t begins, uint32_t base,
                                            Before& before,
                                            std::vector<LineRuns>& out) {
  uint64_t rest = ~uint64_t{0};  // of the block, behind the last line
  for (uint64_t bits = block.newline; bits != 0; bits &= bits - 1) {
    const int end = std::countr_zero(bits);
    const uint64_t of_line = rest & Below(end);
    out.push_back({base + static_cast<uint32_t>(end),
                   before.runs + static_cast<uint32_t>(
                                     std::popcount(begins & Below(end))),
                   before.line_is_ascii && (block.non_ascii & of_line) == 0,
                   before.line_is_quoted || (block.quote & of_line) != 0});
    before.line_is_ascii = true;
    before.line_is_quoted = false;
    rest = ~Below(end);
  }
  before.line_is_ascii &= (block.non_ascii & rest) == 0;
  before.line_is_quoted |= (block.quote & rest) != 0;
}

[[gnu::always_inline]] inline void FindLineRunsBody(const ClassifiedText& text,
                                                    size_t size,
                                                    LinesOfText& out) {
  out.lines.clear();
  out.special_runs.clear();
  Before before;
  for (size_t b = 0; b < text.blocks.size(); ++b) {
    const ByteClasses& block = text.blocks[b];
    const uint64_t begins =
        block.word & ~(block.word << 1 | uint64_t{before.in_run});
    AddSpecialRuns(block, begins, before, out.special_runs);
    AddLines(block, begins, static_cast<uint32_t>(b * 64), before, out.lines);
    before.runs += static_cast<uint32_t>(std::popcount(begins));
    before.in_run = block.word >> 63 != 0;
  }
  out.lines.push_back({static_cast<uint32_t>(size), before.runs,
                       before.line_is_ascii, before.line_is_quoted});
}

void FindLineRunsScalar(const ClassifiedText& text, size_t size,
                        LinesOfText& out) {
  FindLineRunsBody(text, size, out);
}

#if defined(__x86_64__)

[[gnu::target("avx2,bmi,popcnt")]] void FindLineRunsAvx2(
    const ClassifiedText& text, size_t size, LinesOfText& out) {
  FindLineRunsBody(text, size, out);
}

#endif

}  // namespace

void FindLineRuns(const ClassifiedText& text, size_t size, SimdLevel level,
                  LinesOfText& out) {
#if defined(__x86_64__)
  if (level != SimdLevel::kScalar) return FindLineRunsAvx2(text, size, out);
#endif
  static_cast<void>(level);
  FindLineRunsScalar(text, size, out);
}

}  // namespace storyfold
