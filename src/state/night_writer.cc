// All that a night changes, in the order in which it depends on each other:
// merged clusters and stories first, so that also articles that were not read
// move; then articles, stories by their members, and at last the night itself,
// with checksums of its files, which are packed and written meanwhile. A row is
// written where it is not as it was.
//
// Tested by: tests/state/night_writer_test.cc, tests/state/update_test.cc,
// tests/state/crash_test.cc

#include "state/night_writer.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>

#include "io/json_text.h"
#include "state/addresses.h"
#include "state/catalogue.h"
#include "state/changes.h"

namespace storyfold {
namespace {

constexpr size_t kArticlesOfSegment = 32'768;
// Segments that are packed at a time; each is in memory meanwhile.
constexpr size_t kMostPending = 2;
// A number that moves by less is not written again, but where it becomes 1:
// that of who stands for others.
constexpr double kStep = 0.02;

bool Differs(double before, double now) {
  return std::abs(before - now) >= kStep || (now == 1 && before != 1);
}

std::string JsonArray(std::span<const std::string> strings) {
  std::string array = "[";
  for (const std::string& text : strings) {
    if (array.size() > 1) array += ',';
    AppendJsonString(text, array);
  }
  return array += ']';
}

KeyTable AddressesOf(std::span<const NightArticle> articles) {
  KeyTable records;
  for (const NightArticle& article : articles) {
    const std::string_view url = article.stored.article.url;
    if (url.empty()) continue;
    records.push_back(AddressRecord(url, article.row.number));
  }
  return records;
}

}  // namespace

NightWriter::NightWriter(const StateFiles& files, Database& database,
                         int64_t night, WrittenFiles* written,
                         const LineState& lines, const NightTerms& terms)
    : files_(files),
      database_(database),
      night_(night),
      written_(written),
      add_article_(database.Prepare(
          "INSERT INTO articles (number, id, url, night, version, "
          "content, segment, place, published, time, source, language, "
          "cluster, similarity, story, score, bound, boilerplate) "
          "VALUES (?,?,?,?,1,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
      replace_article_(database.Prepare(
          "UPDATE articles SET url = ?, version = version + 1, "
          "content = ?, segment = ?, place = ?, published = ?, time = ?, "
          "source = ?, language = ? WHERE number = ?")),
      update_article_(database.Prepare(
          "UPDATE articles SET cluster = ?, similarity = ?, story = ?, "
          "score = ?, bound = ?, boilerplate = ? WHERE number = ?")),
      set_representative_(database.Prepare(
          "INSERT INTO clusters (cluster, representative) VALUES (?1, ?2) "
          "ON CONFLICT (cluster) DO UPDATE SET representative = ?2 "
          "WHERE representative <> ?2")),
      add_story_(database.Prepare(
          "INSERT INTO stories (story, created, updated, size, latest, "
          "headline, terms) VALUES (?1, ?2, ?2, 0, 0, '', '[]') "
          "ON CONFLICT (story) DO NOTHING")),
      count_story_(database.Prepare(
          absl::StrCat("UPDATE stories SET updated = ?2, closed = NULL, "
                       "(size, first, last, latest) = (SELECT count(*), ",
                       kTimesOfStory,
                       " FROM articles WHERE articles.story = ?1) "
                       "WHERE story = ?1")
              .c_str())),
      describe_story_(database.Prepare(
          "UPDATE stories SET headline = ?, terms = ? WHERE story = ?")),
      lines_file_(Begin(files.LinesFile(night),
                        [&lines](const std::string& path) {
                          return WriteNamedFile(path, lines.Encode().pieces);
                        })),
      terms_file_(
          Begin(files.TermsFile(night), [&terms](const std::string& path) {
            return WriteNamedFile(path, Encode(terms));
          })) {}

std::unique_ptr<NightWriter::PendingFile> NightWriter::Begin(
    const std::string& path, WriteFile write) {
  if (written_ == nullptr || !database_.ok()) return nullptr;
  written_->Add(path);
  return std::make_unique<PendingFile>(
      [path, write = std::move(write)] { return write(path); });
}

FileFacts NightWriter::Finish(const std::unique_ptr<PendingFile>& file) {
  if (file == nullptr) return {};
  const auto facts = file->Take();
  if (facts.ok()) return *facts;
  database_.Fail(facts.status());
  return {};
}

// Later nights read whole stories: their articles stand side by side.
void NightWriter::BeginSegment(int64_t segment,
                               std::span<NightArticle> articles) {
  std::vector<NightArticle*> by_story;
  for (NightArticle& article : articles) by_story.push_back(&article);
  std::ranges::stable_sort(by_story, {}, [](const NightArticle* article) {
    return article->row.story;
  });
  std::vector<SegmentArticle> stored;
  TimeSpan times = {articles[0].row.time, articles[0].row.time};
  for (NightArticle* const article : by_story) {
    article->row.segment = segment;
    article->row.place = static_cast<uint32_t>(stored.size());
    stored.push_back(article->stored);
    times.from = std::min(times.from, article->row.time);
    times.to = std::max(times.to, article->row.time);
  }
  segments_.push_back(
      {{.segment = segment,
        .night = night_,
        .articles = std::ssize(articles),
        .earliest = times.from,
        .latest = times.to},
       Begin(files_.SegmentFile(segment),
             [stored = std::move(stored)](const std::string& path) {
               return WriteNamedFile(path, PackSegment(stored));
             })});
}

void NightWriter::FinishSegments(size_t most_left) {
  while (segments_.size() > most_left) {
    auto& [row, file] = segments_.front();
    const FileFacts facts = Finish(file);
    row.bytes = facts.bytes;
    row.checksum = facts.checksum;
    AddSegment(database_, row);
    segments_.pop_front();
  }
}

void NightWriter::AddRow(const NightArticle& article) {
  const ArticleRow& row = article.row;
  const Article& a = article.stored.article;
  add_article_
      .With(row.number, a.id, a.url, night_, article.content, row.segment,
            row.place, row.published, row.time, a.source, a.language,
            row.cluster, row.similarity, row.story, row.score,
            int64_t{row.bound}, row.boilerplate)
      .Run();
}

void NightWriter::ReplaceRow(const NightArticle& article) {
  const ArticleRow& row = article.row;
  const Article& a = article.stored.article;
  replace_article_
      .With(a.url, article.content, row.segment, row.place, row.published,
            row.time, a.source, a.language, row.number)
      .Run();
}

void NightWriter::AddArticles(std::span<NightArticle> articles) {
  int64_t segment = NextId(database_, "segment");
  int64_t next_number = NextId(database_, "article");
  for (size_t begin = 0; begin < articles.size(); ++segment) {
    const auto part = articles.subspan(
        begin, std::min(kArticlesOfSegment, articles.size() - begin));
    begin += part.size();
    FinishSegments(kMostPending - 1);
    BeginSegment(segment, part);
    for (NightArticle& article : part) {
      if (article.row.number != 0) {
        ReplaceRow(article);
      } else {
        article.row.number = next_number++;
        AddRow(article);
      }
    }
  }
  AddAddresses(night_, AddressesOf(articles), database_);
  SetLastId(database_, "segment", segment - 1);
  SetLastId(database_, "article", next_number - 1);
}

void NightWriter::UpdateArticle(const ArticleRow& before,
                                const ArticleRow& after) {
  const bool same =
      before.cluster == after.cluster && before.story == after.story &&
      before.bound == after.bound && before.boilerplate == after.boilerplate &&
      !Differs(before.similarity, after.similarity) &&
      !Differs(before.score, after.score);
  if (same) return;
  update_article_
      .With(after.cluster, after.similarity, after.story, after.score,
            int64_t{after.bound}, after.boilerplate, after.number)
      .Run();
}

void NightWriter::MergeClusters(const LastingIds& clusters) {
  Statement members =
      database_.Prepare("UPDATE articles SET cluster = ? WHERE cluster = ?");
  Statement gone = database_.Prepare("DELETE FROM clusters WHERE cluster = ?");
  for (const LastingIds::Move& move : clusters.moves) {
    if (!move.merged) continue;
    members.With(move.to, move.from).Run();
    gone.With(move.from).Run();
  }
}

void NightWriter::MergeStories(const LastingIds& stories) {
  Statement members =
      database_.Prepare("UPDATE articles SET story = ? WHERE story = ?");
  Statement aliases = database_.Prepare(
      "UPDATE stories SET alias_of = ?1, updated = ?2, size = 0 "
      "WHERE story = ?3 OR alias_of = ?3");
  Statement headline = database_.Prepare(
      "UPDATE stories SET pinned_headline = (SELECT pinned_headline "
      "FROM stories WHERE story = ?2) "
      "WHERE story = ?1 AND pinned_headline IS NULL");
  for (const LastingIds::Move& move : stories.moves) {
    if (!move.merged) continue;
    members.With(move.to, move.from).Run();
    headline.With(move.to, move.from).Run();
    aliases.With(move.to, night_, move.from).Run();
  }
}

void NightWriter::SetRepresentative(uint32_t cluster, int64_t article) {
  set_representative_.With(cluster, article).Run();
}

void NightWriter::WriteStory(uint32_t story,
                             const std::optional<StoryText>& text) {
  add_story_.With(story, night_).Run();
  count_story_.With(story, night_).Run();
  if (!text) return;
  describe_story_.With(text->headline, text->terms, story).Run();
}

std::vector<uint32_t> NightWriter::CloseStories(int64_t window_begin) {
  std::vector<uint32_t> closed;
  Statement close = database_.Prepare(
      "UPDATE stories SET closed = ? WHERE closed IS NULL "
      "AND alias_of IS NULL AND latest < ? RETURNING story");
  close.With(night_, window_begin);
  while (close.Next()) closed.push_back(static_cast<uint32_t>(close.Int(0)));
  std::ranges::sort(closed);
  return closed;
}

void NightWriter::FlagLate(std::span<const LateLine> lines) {
  Statement read =
      database_.Prepare("SELECT boilerplate FROM articles WHERE number = ?");
  Statement write =
      database_.Prepare("UPDATE articles SET boilerplate = ? WHERE number = ?");
  for (const LateLine& late : lines) {
    read.With(late.page);
    if (!read.Next()) continue;
    std::vector<uint32_t> flagged = ParseLines(read.Text(0));
    if (std::ranges::count(flagged, late.line) > 0) continue;
    flagged.push_back(late.line);
    std::ranges::sort(flagged);
    const std::string text = FormatLines(flagged);
    write.With(text, late.page).Run();
  }
}

void NightWriter::WriteNight(const UpdateResult& result, int64_t clock,
                             int64_t window_begin) {
  std::string changes;
  Statement add = database_.Prepare(
      "INSERT INTO changes (night, event, story, other, articles) "
      "VALUES (?, ?, ?, ?, ?)");
  for (const StoryChange& change : result.changes) {
    changes += ChangeAsJson(night_, change);
    changes += '\n';
    const std::string articles = JsonArray(change.articles);
    add.With(night_, StoryEventName(change.event), change.story, change.other,
             articles)
        .Run();
  }
  const auto changes_file =
      Begin(files_.ChangesFile(night_),
            [changes = std::move(changes)](const std::string& path) {
              return WriteNamedFile(path, changes);
            });
  // While files are written. Tables that are changed after this have pages of
  // their own.
  if (written_ != nullptr) database_.WriteChangedPages();
  FinishSegments(0);
  const FileFacts changes_facts = Finish(changes_file);
  const FileFacts lines_facts = Finish(lines_file_);
  const FileFacts terms_facts = Finish(terms_file_);
  database_
      .Prepare(
          "UPDATE nights SET terms_checksum = NULL "
          "WHERE terms_checksum NOT NULL AND clock < ?")
      .With(window_begin)
      .Run();
  database_
      .Prepare(
          "INSERT INTO nights (night, clock, new, changed, changes_checksum, "
          "lines_checksum, terms_checksum) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .With(night_, clock, int64_t(result.fresh), int64_t(result.changed),
            changes_facts.checksum, lines_facts.checksum, terms_facts.checksum)
      .Run();
}

}  // namespace storyfold
