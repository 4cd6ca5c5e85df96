// Times the passes over lines, and flags lines night by night.
//
//   line_passes FILE.jsonl [RUNS]       CPU seconds of each pass, one thread
//   line_passes FILE.jsonl --nights N   the lines flagged when N articles are
//                                       one night: id, line, "early" or "late"
//
// Every article counts as a text of its own: what makes two of them one text is
// the search for copies, which is timed elsewhere.

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <functional>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/threads.h"
#include "boilerplate/flags.h"
#include "boilerplate/line_state.h"
#include "storyfold/crawl.h"

namespace storyfold {
namespace {

constexpr double kMicro = 1e-6;

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) +
           kMicro * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Pass {
  const char* name;
  std::vector<double> seconds;
};

template <typename Run>
auto Timed(Pass& pass, const Run& run) {
  const double start = CpuSeconds();
  auto result = run();
  pass.seconds.push_back(CpuSeconds() - start);
  return result;
}

void PrintSpeed(std::span<const Article> articles, size_t runs) {
  std::vector<Pass> passes = {
      {"read_and_key", {}}, {"count", {}}, {"flag", {}}, {"all", {}}};
  std::vector<uint32_t> texts(articles.size());
  std::iota(texts.begin(), texts.end(), 0);
  size_t num_lines = 0;
  size_t num_flags = 0;
  for (size_t run = 0; run <= runs; ++run) {
    if (run == 1) {
      for (Pass& pass : passes) pass.seconds.clear();  // that was warming up
    }
    const double start = CpuSeconds();
    const LineTable table =
        Timed(passes[0], [&] { return ReadLines(articles); });
    const LineEvidence evidence =
        Timed(passes[1], [&] { return LineEvidence(table, {texts}, {}); });
    num_flags = Timed(passes[2], [&] { return FlagLines(evidence); }).size();
    passes[3].seconds.push_back(CpuSeconds() - start);
    num_lines = table.keys.values.size();
  }
  std::printf("{\"lines\":%zu,\"flagged\":%zu,\"bytes_a_key\":%zu", num_lines,
              num_flags, sizeof(LineKey));
  for (Pass& pass : passes) {
    std::ranges::sort(pass.seconds);
    std::printf(",\"%s\":[%.4f,%.4f,%.4f]", pass.name,
                pass.seconds[pass.seconds.size() / 2], pass.seconds.front(),
                pass.seconds.back());
  }
  std::printf(",\"lines_a_second\":%.0f}\n",
              static_cast<double>(num_lines) /
                  passes[3].seconds[passes[3].seconds.size() / 2]);
}

void PrintNights(std::span<const Article> articles, size_t a_night) {
  LineState state;
  const BoilerplateOptions options;
  constexpr uint32_t kDay = 1;  // nothing is forgotten
  const auto print = [&](ArticleId article, uint32_t line, const char* when) {
    std::printf("%.*s\t%u\t%s\n", static_cast<int>(articles[article].id.size()),
                articles[article].id.data(), line, when);
  };
  for (size_t first = 0; first < articles.size(); first += a_night) {
    const auto night =
        articles.subspan(first, std::min(a_night, articles.size() - first));
    std::vector<uint32_t> texts(night.size());
    std::iota(texts.begin(), texts.end(), 0);
    std::vector<uint32_t> pages(night.size());
    std::iota(pages.begin(), pages.end(), static_cast<uint32_t>(first));
    std::vector<uint64_t> names;
    for (const Article& article : night) names.push_back(HashBytes(article.id));
    const LineTable table = ReadLines(night);
    for (const LateLine& late :
         state.Add({table, names, pages, kDay}, options)) {
      print(late.page, late.line, "late");
    }
    for (const FlaggedLine& flag :
         FlagLines(LineEvidence(table, {texts, &state, names}, options))) {
      if (!IsBoilerplate(flag.line_class)) continue;
      print(static_cast<ArticleId>(first + flag.article), flag.line, "early");
    }
    state.Forget(kDay, {});
  }
  size_t num_bytes = 0;
  const LineState::Bytes bytes = state.Encode();
  for (const std::string_view piece : bytes.pieces) num_bytes += piece.size();
  std::fprintf(stderr, "%zu keys in %zu sources, %zu bytes\n", state.num_keys(),
               state.num_sources(), num_bytes);
}

}  // namespace
}  // namespace storyfold

int main(int argc, char** argv) {
  using namespace storyfold;
  if (argc < 2) {
    std::fprintf(stderr, "usage: line_passes FILE.jsonl [RUNS | --nights N]\n");
    return 2;
  }
  const ThreadLimit limit(1);
  ReadOptions options;
  options.keep_records = false;
  const auto crawl = ReadCrawl(std::vector<std::string>{argv[1]}, options);
  if (!crawl.ok()) {
    std::fprintf(stderr, "line_passes: %s\n", argv[1]);
    return 1;
  }
  const auto number = [&](int i, size_t otherwise) {
    if (argc <= i) return otherwise;
    std::from_chars(argv[i], argv[i] + std::strlen(argv[i]), otherwise);
    return std::max<size_t>(otherwise, 1);
  };
  if (argc > 2 && std::strcmp(argv[2], "--nights") == 0) {
    PrintNights(crawl->articles, number(3, 1));
  } else {
    PrintSpeed(crawl->articles, number(2, 5));
  }
  return 0;
}
