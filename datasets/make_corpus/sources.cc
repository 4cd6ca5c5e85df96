#include "sources.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>
#include <utility>

#include "dates.h"

namespace storyfold {
namespace {

constexpr std::array<std::string_view, 10> kPaperNames = {
    "Herald", "Times", "Post",    "Courier", "Tribune",
    "Daily",  "News",  "Gazette", "Mirror",  "Online"};
constexpr std::array<std::string_view, 12> kSections = {
    "Politics", "Business", "World",   "Sport",   "Culture", "Local",
    "Health",   "Science",  "Opinion", "Economy", "Crime",   "Travel"};
constexpr std::array<uint32_t, 5> kPercents = {100, 100, 90, 70, 40};
constexpr std::array<Typography, 3> kTypographies = {
    Typography{"\\\"", "\\\"", " - "}, Typography{"\\\"", "\\\"", " — "},
    Typography{"“", "”", " — "}};
constexpr uint32_t kAuthors = 6;
constexpr uint32_t kSourceSections = 5;

void ToAsciiLower(std::string* text) {
  for (char& c : *text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

template <typename T>
void Shuffle(Random& random, std::vector<T>* values) {
  for (size_t i = values->size(); i > 1; --i) {
    const uint32_t other = random.Below(static_cast<uint32_t>(i));
    std::swap((*values)[i - 1], (*values)[other]);
  }
}

// Returns 3 to 10 templates of different families, in the order of the page.
std::vector<LineTemplate> PickTemplates(Random& random) {
  const std::span<const LineTemplate> all = LineTemplates();
  std::vector<size_t> order(all.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  Shuffle(random, &order);

  const uint32_t wanted = random.Between(3, 10);
  std::array<bool, kLineFamilies> taken{};
  std::vector<size_t> picked;
  for (size_t i : order) {
    if (picked.size() == wanted) break;
    if (!taken[all[i].family]) picked.push_back(i);
    taken[all[i].family] = true;
  }
  std::sort(picked.begin(), picked.end());

  std::vector<LineTemplate> templates;
  for (size_t i : picked) templates.push_back(all[i]);
  return templates;
}

std::string RandomName(const Vocabulary& vocabulary, Random& random) {
  return FullName(vocabulary, DrawPerson(vocabulary, random));
}

std::string RandomWord(const Vocabulary& vocabulary, Random& random) {
  return std::string(vocabulary.words[DrawPlace(vocabulary, random)].Text());
}

void AddLines(const Vocabulary& vocabulary, Random& random,
              NewsSource* source) {
  const std::string city = RandomWord(vocabulary, random);
  const std::string word = RandomWord(vocabulary, random);
  const std::string editor = RandomName(vocabulary, random);
  const std::vector<Slot> slots = {{"{outlet}", source->name},
                                   {"{city}", city},
                                   {"{word}", word},
                                   {"{editor}", editor}};
  for (const LineTemplate& line : PickTemplates(random)) {
    SourceLine& added = source->lines.emplace_back();
    added.place = line.place;
    added.percent = kPercents[random.Below(kPercents.size())];
    AppendFilled(line.text, slots, &added.text);
  }
}

NewsSource MakeSource(const Vocabulary& vocabulary, Random& random) {
  NewsSource source;
  source.name = RandomWord(vocabulary, random);
  source.name += ' ';
  source.name += kPaperNames[random.Below(kPaperNames.size())];
  source.host = source.name + ".example";
  std::replace(source.host.begin(), source.host.end(), ' ', '-');
  ToAsciiLower(&source.host);
  source.typography = kTypographies[random.Below(kTypographies.size())];
  source.date_form = random.Below(kDateForms);
  for (uint32_t i = 0; i < kAuthors; ++i) {
    source.authors.push_back(RandomName(vocabulary, random));
  }
  std::vector<std::string_view> sections(kSections.begin(), kSections.end());
  Shuffle(random, &sections);
  source.sections.assign(sections.begin(), sections.begin() + kSourceSections);
  AddLines(vocabulary, random, &source);
  return source;
}

}  // namespace

void AppendFilled(std::string_view line_template,
                  const std::vector<Slot>& slots, std::string* out) {
  size_t done = 0;
  for (;;) {
    const size_t open = line_template.find('{', done);
    if (open == std::string_view::npos) break;
    const size_t end = line_template.find('}', open) + 1;
    out->append(line_template, done, open - done);
    std::string_view value = line_template.substr(open, end - open);
    for (const Slot& slot : slots) {
      if (slot.name == value) {
        value = slot.value;
        break;
      }
    }
    *out += value;
    done = end;
  }
  out->append(line_template, done);
}

std::vector<NewsSource> MakeSources(const Vocabulary& vocabulary,
                                    uint32_t count, uint64_t seed) {
  Random random(seed, RandomStream::kSources);
  std::unordered_set<std::string> hosts;
  std::vector<NewsSource> sources;
  while (sources.size() < count) {
    NewsSource source = MakeSource(vocabulary, random);
    if (hosts.insert(source.host).second) sources.push_back(std::move(source));
  }
  return sources;
}

AliasTable SourceSizes(uint32_t count) {
  return AliasTable(ZipfWeights(count, count / 16 + 1));
}

}  // namespace storyfold
