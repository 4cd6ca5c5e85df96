// make_corpus: synthetic news with gold labels; see README.md.

#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "articles.h"
#include "nights.h"
#include "options.h"
#include "records.h"
#include "sources.h"
#include "stories.h"
#include "vocabulary.h"

namespace storyfold {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;

template <typename File>
bool IsStopped(const File& file) {
  return !file.error().empty() || file.is_pipe_closed();
}

// Writes articles until the last one or until a file fails.
// Returns the number of stories.
uint64_t WriteArticles(const CorpusOptions& options, CrawlFiles* articles,
                       OutputFile* gold) {
  const Vocabulary vocabulary = MakeVocabulary(options.seed);
  std::vector<NewsSource> sources =
      MakeSources(vocabulary, options.num_sources, options.seed);
  Random random(options.seed, RandomStream::kArticles);
  const Press press{vocabulary, sources, options.mean_words, random};
  StoryStream stories(options, vocabulary);

  Page page;
  uint64_t number = 0;
  while (Story* story = stories.Next()) {
    if (IsStopped(*articles) || (gold != nullptr && IsStopped(*gold))) break;
    ++number;
    const uint64_t original = PrintArticle(press, number, story, &page);
    const CrawlFiles::Place place = articles->PlaceOf(page.published);
    AppendArticle(page, sources[page.source], number, place.published,
                  &place.file->buffer());
    place.file->FlushIfFull();
    if (gold == nullptr) continue;
    AppendLabels({number, story->number, original}, page, &gold->buffer());
    gold->FlushIfFull();
  }
  return stories.num_stories();
}

void PrintSummary(const CorpusOptions& options, uint64_t num_stories,
                  const CrawlFiles& articles, double seconds) {
  const double megabytes = static_cast<double>(articles.num_bytes()) / 1e6;
  std::fprintf(stderr,
               "%llu articles, %llu stories, %u sources, %u days: %.1f MB in "
               "%.2f s, %.0f MB/s\n",
               static_cast<unsigned long long>(options.num_articles),
               static_cast<unsigned long long>(num_stories),
               options.num_sources, options.num_days, megabytes, seconds,
               megabytes / seconds);
}

int Fail(int status, const std::string& message) {
  std::fprintf(stderr, "make_corpus: %s\n", message.c_str());
  return status;
}

int WriteCorpus(const CorpusOptions& options) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  CrawlFiles articles(options);
  if (!articles.error().empty()) return Fail(kFailed, articles.error());
  std::optional<OutputFile> gold;
  if (!options.gold_path.empty()) gold.emplace(options.gold_path);

  const uint64_t num_stories =
      WriteArticles(options, &articles, gold ? &*gold : nullptr);
  articles.Close();
  if (gold) gold->Close();
  if (!articles.error().empty()) return Fail(kFailed, articles.error());
  if (gold && !gold->error().empty()) return Fail(kFailed, gold->error());
  if (IsStopped(articles) || (gold && IsStopped(*gold))) return kDone;

  const std::chrono::duration<double> elapsed = Clock::now() - start;
  PrintSummary(options, num_stories, articles, elapsed.count());
  return kDone;
}

int Run(const std::vector<std::string_view>& arguments) {
  const ParsedFlags flags = ParseFlags(arguments);
  if (!flags.error.empty()) return Fail(kUsage, flags.error);
  if (flags.wants_help) {
    std::fwrite(HelpText().data(), 1, HelpText().size(), stdout);
    return kDone;
  }
  return WriteCorpus(flags.options);
}

}  // namespace
}  // namespace storyfold

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  return storyfold::Run({argv + 1, argv + argc});
}
