#include "cli/command_text.h"

namespace storyfold {
namespace {

constexpr CommandText kTexts[] = {
    {"run", Command::kRun,
     "Find copies, boilerplate and stories; write them into a folder",
     "  storyfold run monday.jsonl tuesday.jsonl.zst -o out\n"
     "    out/articles.jsonl     the records, each with its cluster and story\n"
     "    out/stories.jsonl      one line a story, largest first\n"
     "    out/boilerplate.jsonl  lines that recur, with their class\n"
     "    out/rejected.jsonl     what was passed over, and why\n"
     "    out/summary.json       counts, times, memory, options"},
    {"dedup", Command::kDedup, "Print the records without their copies",
     "  storyfold dedup feed.jsonl > clean.jsonl\n"
     "  storyfold dedup --mark feed.jsonl | grep -c '\"duplicate_of\":\"'\n"
     "  storyfold dedup --keep "
     "source-order:meridianwire.example,gazette.example feed.jsonl"},
    {"pairs", Command::kPairs,
     "Print near-duplicate pairs: id, id, jaccard, containment",
     "  storyfold pairs --min-jaccard 0.7 feed.jsonl\n"
     "    mw-0001 <tab> qb-0001 <tab> 0.8783 <tab> 0.9650\n"
     "  storyfold pairs --simhash 5 feed.jsonl\n"
     "    mw-0029 <tab> hl-0022 <tab> 0.8545 <tab> 0.9252 <tab> 5\n"
     "  The fifth column counts the bits in which the fingerprints differ."},
    {"clusters", Command::kClusters,
     "Print near-duplicate clusters: id, representative, similarity",
     "  storyfold clusters feed.jsonl | cut -f2 | sort | uniq -c | sort -n"},
    {"boilerplate", Command::kBoilerplate,
     "Print lines that recur, or the records without them; say why",
     "  storyfold boilerplate feed.jsonl | jq -r 'select(.count > 9).text'\n"
     "  storyfold boilerplate --clean feed.jsonl > clean.jsonl\n"
     "  storyfold boilerplate --source-report feed.jsonl | jq .source\n"
     "  storyfold boilerplate --explain mw-0003:12 feed.jsonl\n"
     "  storyfold boilerplate --explain 'Read also:' feed.jsonl"},
    {"stories", Command::kStories, "Print one JSON line a story",
     "  storyfold stories feed.jsonl | jq -r '[.size, .headline] | @tsv'"},
    {"explain", Command::kExplain,
     "Say why two articles are, or are not, together; or what a story is",
     "  storyfold run feed.jsonl -o out\n"
     "  storyfold explain hl-0007 mw-0003 --from out\n"
     "  storyfold explain hl-0007 --from out"},
    {"fingerprint", Command::kFingerprint,
     "Print what another engine needs to find copies",
     "  storyfold fingerprint --fields simhash,bands feed.jsonl\n"
     "    {\"id\":\"mw-0001\",\"simhash\":\"5e31abe7a7731040\",\n"
     "     \"bands\":[-5110833520684470797,-9061137445555001839,...]}\n"
     "  Articles with an equal key in the same band are candidates; in SQL,\n"
     "  with one row for each of the 48 bands:\n"
     "    SELECT DISTINCT a.id, b.id FROM keys a JOIN keys b\n"
     "      ON a.band = b.band AND a.key = b.key AND a.id < b.id"},
    {"background", Command::kBackground,
     "Print how common words are in a crawl, for --words",
     "  storyfold background last-year/ > words.tsv\n"
     "  storyfold run monday.jsonl --words words.tsv -o out\n"
     "  The built-in table is English; a large crawl of your own outlets\n"
     "  makes headlines of other languages and subjects easier to tell apart."},
    {"eval", Command::kEval, "Score clusters against labels",
     "  storyfold eval --gold labels.jsonl --pred out/articles.jsonl\n"
     "  storyfold eval --gold labels.jsonl --pred out/articles.jsonl \\\n"
     "      --gold-field cluster --pred-field storyfold.cluster --json"},
    {"update", Command::kUpdate,
     "Add a crawl to a state, so that story ids last from night to night",
     "  storyfold update --state news crawl-2031-03-04.jsonl.zst\n"
     "  storyfold update --state news --dry-run crawl.jsonl\n"
     "  storyfold update --state news --metrics news.prom crawl.jsonl"},
    {"state", Command::kState, "Look at a state, check it, keep it small",
     "  storyfold state info news\n"
     "  storyfold state verify news\n"
     "  storyfold state export news --format jsonl > articles.jsonl\n"
     "  storyfold state export news --what stories > stories.jsonl\n"
     "  storyfold state expire news --older-than 90d --purge\n"
     "  storyfold state compact news\n"
     "  storyfold state pin news s00000012 --headline \"Ferry aground\""},
    {"pin", Command::kPin,
     "Say that two articles are, or are not, the same story, for good",
     "  storyfold pin mw-0003 hl-0004 --same --state news\n"
     "  storyfold state unpin news mw-0003 hl-0004"},
    {"report", Command::kReport, "Print what a state holds, for people",
     "  storyfold report news"},
};

}  // namespace

absl::Span<const CommandText> CommandTexts() { return kTexts; }

}  // namespace storyfold
