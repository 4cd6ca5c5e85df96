#include "options.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "stories.h"

namespace storyfold {
namespace {

// There are 60,000 names for sources, and frequent ones run out.
constexpr uint64_t kMaxSources = 10'000;

constexpr std::string_view kHelp =
    R"(make_corpus: writes synthetic news articles with gold labels

usage: make_corpus --articles N [flags] -o articles.jsonl

  --articles N    articles to write, about 3.3 kB each
  --seed S        same seed and flags, same bytes on every machine (1)
  --days D        days over which they appear (10,000 articles a day, at least
                  3 days)
  --stream NIGHTS writes one crawl a night, night-001.jsonl and so on, into the
                  folder -o; see README.md
  --sources K     news sites (square root of N, at least 10, and N / 1000 when
                  that is more)
  --words MEAN    mean words of an article without its boilerplate (450)
  --lone SHARE    share of articles that are alone in their story (0.5)
  --copies SHARE  share of articles that copy another (0.15, or as many as
                  --lone leaves room for)
  -o FILE         the articles as JSON lines; - is standard output
  --gold FILE     story, copies and boilerplate lines of each article
  -h, --help      this text

example: ten thousand articles over three days, 34 MB

  $ make_corpus --articles 10000 --seed 7 -o articles.jsonl --gold gold.jsonl
  $ head -2 gold.jsonl
  {"id":"a00000001","story":"s00000001","cluster":"a00000001","boilerplate_lines":[1]}
  {"id":"a00000002","story":"s00000002","cluster":"a00000002","boilerplate_lines":[1,2,6,13,14,15]}

"cluster" names the first article of a group of copies; lines are numbered from
1 in "text" split at line feeds.  Exit status: 0 done, 1 failed, 2 usage.
)";

// Returns nothing unless all of the text is a number from [low, high].
std::optional<uint64_t> ParseWhole(std::string_view text, uint64_t low,
                                   uint64_t high) {
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  if (number < low || number > high) return std::nullopt;
  return number;
}

// Reads "0.25", ".25" or "1" as millionths; further digits are dropped.
std::optional<uint32_t> ParseShare(std::string_view text) {
  const size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string_view decimals = text.substr(point);
  if (!decimals.empty()) decimals.remove_prefix(1);
  if (whole.empty() && decimals.empty()) return std::nullopt;

  uint64_t millionths = 0;
  if (!whole.empty()) {
    const std::optional<uint64_t> units = ParseWhole(whole, 0, 1);
    if (!units) return std::nullopt;
    millionths = *units * kMillion;
  }
  uint64_t unit = kMillion;
  for (const char digit : decimals) {
    if (digit < '0' || digit > '9') return std::nullopt;
    unit /= 10;
    millionths += unit * static_cast<uint64_t>(digit - '0');
  }
  if (millionths > kMillion) return std::nullopt;
  return static_cast<uint32_t>(millionths);
}

template <typename T>
std::string SetWhole(std::string_view text, uint64_t low, uint64_t high,
                     T* out) {
  const std::optional<uint64_t> number = ParseWhole(text, low, high);
  if (!number) {
    return "wants a whole number from " + std::to_string(low) + " to " +
           std::to_string(high);
  }
  *out = static_cast<T>(*number);
  return "";
}

std::string SetShare(std::string_view text, uint32_t* out) {
  const std::optional<uint32_t> share = ParseShare(text);
  if (!share) return "wants a number from 0 to 1";
  *out = *share;
  return "";
}

std::string SetPath(std::string_view text, std::string* out) {
  if (text.empty()) return "wants a file name";
  *out = text;
  return "";
}

// Returns what is wrong, empty when nothing is.
std::string SetFlag(std::string_view flag, std::string_view value,
                    CorpusOptions* options) {
  if (flag == "--articles") {
    return SetWhole(value, 1, UINT32_MAX, &options->num_articles);
  }
  if (flag == "--seed") return SetWhole(value, 0, UINT64_MAX, &options->seed);
  if (flag == "--days") return SetWhole(value, 1, 36'500, &options->num_days);
  if (flag == "--stream") {
    return SetWhole(value, 1, 366, &options->num_nights);
  }
  if (flag == "--sources") {
    return SetWhole(value, 2, kMaxSources, &options->num_sources);
  }
  if (flag == "--words") {
    return SetWhole(value, 20, 100'000, &options->mean_words);
  }
  if (flag == "--lone") return SetShare(value, &options->lone_share);
  if (flag == "--copies") return SetShare(value, &options->copies_share);
  if (flag == "-o") return SetPath(value, &options->output_path);
  if (flag == "--gold") return SetPath(value, &options->gold_path);
  return "is no flag; see make_corpus -h";
}

uint64_t SquareRoot(uint64_t number) {
  uint64_t root = 0;
  while ((root + 1) * (root + 1) <= number) ++root;
  return root;
}

void FillDefaults(CorpusOptions* options) {
  if (options->copies_share == kDefaultShare) {
    options->copies_share =
        std::min(150'000u, MaxCopiesShare(options->lone_share));
  }
  const uint64_t articles = options->num_articles;
  if (options->num_nights > 0) options->num_days = options->num_nights;
  if (options->num_days == 0) {
    options->num_days = static_cast<uint32_t>(
        std::clamp<uint64_t>(articles / 10'000, 3, 36'500));
  }
  if (options->num_sources == 0) {
    options->num_sources = static_cast<uint32_t>(std::min<uint64_t>(
        std::max({uint64_t{10}, SquareRoot(articles), articles / 1'000}),
        kMaxSources));
  }
}

std::string ShareText(uint32_t share) {
  const std::string digits = std::to_string(kMillion + share).substr(1);
  return (share == kMillion ? "1." : "0.") + digits;
}

// Returns what is wrong with the options taken together.
std::string Conflict(const CorpusOptions& options) {
  if (options.num_articles == 0) return "--articles is missing";
  if (options.output_path.empty()) return "-o is missing";
  if (options.output_path == options.gold_path) {
    return "-o and --gold name the same file";
  }
  const uint32_t most = MaxCopiesShare(options.lone_share);
  if (options.copies_share > most) {
    return "--copies: at most " + ShareText(most) + " when --lone is " +
           ShareText(options.lone_share);
  }
  return "";
}

}  // namespace

ParsedFlags ParseFlags(const std::vector<std::string_view>& arguments) {
  ParsedFlags parsed;
  for (size_t i = 0; i < arguments.size(); i += 2) {
    const std::string_view flag = arguments[i];
    if (flag == "-h" || flag == "--help") {
      parsed.wants_help = true;
      return parsed;
    }
    const bool has_value = i + 1 < arguments.size();
    const std::string_view value = has_value ? arguments[i + 1] : "";
    const std::string wrong = SetFlag(flag, value, &parsed.options);
    if (!wrong.empty()) {
      parsed.error = std::string(flag) + " " + wrong;
      return parsed;
    }
  }
  FillDefaults(&parsed.options);
  parsed.error = Conflict(parsed.options);
  return parsed;
}

std::string_view HelpText() { return kHelp; }

}  // namespace storyfold
