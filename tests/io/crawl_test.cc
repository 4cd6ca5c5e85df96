#include "storyfold/crawl.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/crawls.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a plain file is read line by line", "[io]") {
  const TempFolder folder;
  const std::string feed = CrawlRecord("b") + "\n" + CrawlRecord("a") + "\n";
  WriteFile(folder / "feed.jsonl", feed);
  const Crawl crawl = Read({folder / "feed.jsonl"});
  CHECK(Ids(crawl) == "b a ");
  CHECK(crawl.articles[1].text == "text of a");
  CHECK(crawl.records[0] == CrawlRecord("b"));
  CHECK(crawl.rejected.empty());
  CHECK(crawl.num_files == 1);
  CHECK(crawl.num_bytes == feed.size());
  CHECK(crawl.NumRecords() == 2);
}

// Notes the texts it is shown.
class NotingVisitor : public ArticleVisitor {
 public:
  std::unique_ptr<Result> Visit(const Article& article) override {
    CHECK(article.text_file == nullptr);
    auto note = std::make_unique<Note>();
    note->text = std::string(article.id) + ": " + std::string(article.text);
    return note;
  }
  void Keep(std::unique_ptr<Result> result) override {
    kept.push_back(static_cast<Note&>(*result).text);
  }

  std::vector<std::string> kept;

 private:
  struct Note : Result {
    std::string text;
  };
};

TEST_CASE("texts are the same wherever they stay", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            R"({"id":"plain","text":"Harbor reopens"})"
            "\n"
            R"({"id":"escaped","text":"a\nb \"c\" d\u00e9j\u00e0"})"
            "\n"
            R"({"id":"empty","text":"", "body":"the body"})"
            "\n"
            R"({"body":"worse name","id":"two","text" : "best name" })"
            "\n"
            R"({"id":"plain","text":"an id seen before"})"
            "\n"
            R"({"id":"lone","text":"cut \ud83d"})"
            "\n"
            R"({"id":"broken","text":"no such escape \x"})"
            "\n"
            "{\"id\":\"bytes\",\"text\":\"not \xC3( utf-8\"}\n"
            R"({"id":"emptied","body":"a body","text":""})"
            "\n"
            R"({"id":"last","title":"no text","more":")" +
                // Smaller files do not stay.
                std::string(1'500'000, 'x') + "\"}");
  WriteFile(folder / "page.txt", "A page of its own\n\nwith a text below it.");
  for (const TextStorage texts :
       {TextStorage::kMemory, TextStorage::kPlainFiles, TextStorage::kFiles}) {
    CAPTURE(static_cast<int>(texts));
    ReadOptions options;
    options.texts = texts;
    NotingVisitor visitor;
    const auto crawl =
        ReadCrawl(std::vector{folder.path()}, options, {}, &visitor);
    REQUIRE(crawl.ok());
    CHECK(Ids(*crawl) ==
          "plain escaped empty two lone bytes emptied last page.txt ");
    CHECK(crawl->rejected.size() == 2);
    const std::vector<std::string> expected = {
        "Harbor reopens",
        "a\nb \"c\" d\u00e9j\u00e0",
        "the body",
        "best name",
        "cut \uFFFD",
        "not \uFFFD( utf-8",
        "a body",
        "",
        "A page of its own\n\nwith a text below it."};
    REQUIRE(visitor.kept.size() == expected.size());
    for (ArticleId a = 0; a < expected.size(); ++a) {
      CHECK(ReadText(crawl->articles[a]) == expected[a]);
      CHECK(visitor.kept[a] ==
            std::string(crawl->articles[a].id) + ": " + expected[a]);
    }
    CHECK(crawl->Record(0) == R"({"id":"plain","text":"Harbor reopens"})");
    const bool in_file = crawl->articles[0].text_file != nullptr;
    CHECK(in_file == (texts != TextStorage::kMemory));
  }
}

TEST_CASE("records stay as they were wherever they stay", "[io]") {
  const TempFolder folder;
  size_t count = 0;
  WriteFile(folder / "feed.jsonl", CountingRecords(2'000'000, count));
  ReadOptions options;
  options.texts = TextStorage::kFiles;
  const Crawl crawl = Read({folder / "feed.jsonl"}, options);
  REQUIRE(crawl.articles.size() == count);
  for (ArticleId a = 0; a < count; ++a) {
    REQUIRE(crawl.Record(a) == CrawlRecord(std::to_string(a)));
  }
}

TEST_CASE("a file that was written to since is an error", "[io]") {
  const TempFolder folder;
  size_t count = 0;
  WriteFile(folder / "feed.jsonl", CountingRecords(2'000'000, count));
  const Crawl crawl = Read({folder / "feed.jsonl"});
  CHECK(crawl.CheckUnchanged().ok());
  std::ofstream(folder / "feed.jsonl", std::ios::app) << "more";
  const absl::Status changed = crawl.CheckUnchanged();
  CHECK_FALSE(changed.ok());
  CHECK(changed.message().find("feed.jsonl was changed while it was read") !=
        absl::string_view::npos);
}

TEST_CASE("a crawl can be copied and moved with what it views", "[io]") {
  const TempFolder folder;
  size_t count = 0;
  WriteFile(folder / "feed.jsonl", CountingRecords(2'000'000, count));
  ReadOptions options;
  options.texts = TextStorage::kFiles;
  Crawl copy;
  {
    Crawl crawl = Read({folder / "feed.jsonl"}, options);
    const Crawl moved = std::move(crawl);
    copy = moved;
  }
  REQUIRE(copy.articles.size() == count);
  CHECK(ReadText(copy.articles[count - 1]) ==
        "text of " + std::to_string(count - 1));
  CHECK(copy.Record(0) == CrawlRecord("0"));
}

TEST_CASE("without keep_records a crawl has no records", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", CrawlRecord("a"));
  ReadOptions options;
  options.keep_records = false;
  const Crawl crawl = Read({folder / "feed.jsonl"}, options);
  CHECK(crawl.articles.size() == 1);
  CHECK(crawl.records.empty());
}

TEST_CASE("line ends, blank lines and byte order marks are no records",
          "[io]") {
  const std::string a = CrawlRecord("a");
  const std::string b = CrawlRecord("b");
  CHECK(IdsOf("") == "");
  CHECK(IdsOf("\n\n") == "");
  CHECK(IdsOf(a) == "a ");
  CHECK(IdsOf(a + "\n" + b) == "a b ");
  CHECK(IdsOf("\n" + a + "\n \t\n\n" + b + "\n\n") == "a b ");
  CHECK(IdsOf(a + "\r\n\r\n" + b + "\r\n") == "a b ");
  CHECK(IdsOf("\xEF\xBB\xBF" + a + "\n") == "a ");
}

TEST_CASE("a record at the end of a CRLF file has no line end", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            CrawlRecord("a") + "\r\n" + CrawlRecord("b") + "\r\n");
  const Crawl crawl = Read({folder / "feed.jsonl"});
  CHECK(crawl.records[0] == CrawlRecord("a"));
  CHECK(crawl.records[1] == CrawlRecord("b"));
}

TEST_CASE("records keep their order over the borders of chunks",
          "[io][deterministic]") {
  size_t count = 0;
  const std::string feed = CountingRecords(10'000'000, count);
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", feed);
  WriteFile(folder / "feed.jsonl.zst", Zstd(feed));
  AppendGzip(folder / "feed.jsonl.gz", feed);
  const size_t threads = GENERATE(1, 4);
  const std::string name =
      GENERATE("feed.jsonl", "feed.jsonl.zst", "feed.jsonl.gz");
  CAPTURE(threads, name);
  const ThreadLimit limit(threads);
  const Crawl crawl = Read({folder / name});
  CHECK(crawl.articles.size() == count);
  CHECK(crawl.rejected.empty());
  CHECK(crawl.num_bytes == feed.size());
  CHECK(IsCounting(crawl, count));
}

TEST_CASE("a record longer than a chunk is read", "[io]") {
  const TempFolder folder;
  const std::string text(9'000'000, 'x');
  WriteFile(folder / "feed.jsonl",
            CrawlRecord("a") + "\n{\"id\":\"long\",\"text\":\"" + text +
                "\"}\n" + CrawlRecord("b") + "\nno json\n");
  const Crawl crawl = Read({folder / "feed.jsonl"});
  CHECK(Ids(crawl) == "a long b ");
  CHECK(crawl.articles[1].text.size() == text.size());
  REQUIRE(crawl.rejected.size() == 1);
  CHECK(crawl.rejected[0].line == 4);
}

TEST_CASE("lines are counted over the borders of chunks", "[io]") {
  size_t count = 0;
  const std::string feed = CountingRecords(9'000'000, count) + "broken\n";
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", feed);
  const Crawl crawl = Read({folder / "feed.jsonl"});
  REQUIRE(crawl.rejected.size() == 1);
  CHECK(crawl.rejected[0].line == count + 1);
}

TEST_CASE("an article without an id is named by its file and line", "[io]") {
  const TempFolder folder;
  fs::create_directories(folder / "sub");
  const std::string path = folder / "sub/feed.jsonl";
  WriteFile(path,
            "{\"text\":\"x\"}\n\n{\"id\":\"\",\"text\":\"y\"}\n"
            "{\"id\":null,\"text\":\"z\"}\n");
  CHECK(Ids(Read({path})) == path + ":1 " + path + ":3 " + path + ":4 ");
  CHECK(Ids(Read({folder.path()})) ==
        "sub/feed.jsonl:1 sub/feed.jsonl:3 sub/feed.jsonl:4 ");
}

TEST_CASE("an id seen before is rejected with both places", "[io]") {
  const TempFolder folder;
  const std::string one = folder / "one.jsonl";
  const std::string two = folder / "two.jsonl";
  WriteFile(one, CrawlRecord("a") + "\n" + CrawlRecord("b") + "\n");
  WriteFile(two, "\n" + CrawlRecord("b") + "\n" + CrawlRecord("c") + "\n");
  const Crawl crawl = Read({one, two});
  CHECK(Ids(crawl) == "a b c ");
  REQUIRE(crawl.rejected.size() == 1);
  CHECK(crawl.rejected[0].Message() ==
        two + ":2: id \"b\" was used before, at " + one + ":2");
}

TEST_CASE("what is rejected is listed by file and line", "[io]") {
  const TempFolder folder;
  const std::string path = folder / "feed.jsonl";
  WriteFile(path, "[]\n" + CrawlRecord("a") + "\n{\"id\":\"b\",\"text\":1}\n");
  const std::string none = folder / "none.jsonl";
  const Crawl crawl = Read({path, none});
  CHECK(Ids(crawl) == "a ");
  REQUIRE(crawl.rejected.size() == 3);
  std::vector<std::string> messages;
  for (const Rejection& r : crawl.rejected) messages.push_back(r.Message());
  CHECK(messages == std::vector<std::string>{
                        none + ": no such file",
                        path + ":1: one json object a line is read, not an "
                               "array",
                        path + ":3: \"text\" is not a string"});
  CHECK(crawl.NumRecords() == 4);
}

TEST_CASE("a field that is named and that no record has is an error", "[io]") {
  const TempFolder folder;
  const std::vector<std::string> inputs = {folder / "1.jsonl",
                                           folder / "2.jsonl"};
  WriteFile(inputs[0], R"({"id":"a","Body":"one","when":null})");
  WriteFile(inputs[1], R"({"id":"b","Date":"2031-03-04"})");
  using Names = std::vector<std::pair<std::string FieldNames::*, std::string>>;
  const auto status_of = [](const Names& names,
                            std::span<const std::string> files) {
    ReadOptions options;
    for (const auto& [field, name] : names) options.fields.*field = name;
    return ReadCrawl(files, options).status();
  };
  const Names both = {{&FieldNames::text, "Body"}, {&FieldNames::time, "Date"}};
  CHECK(status_of(both, inputs).ok());  // one in each file
  CHECK(status_of(both, {&inputs[0], 1}) ==
        absl::InvalidArgumentError("no record has a field \"Date\""));
  CHECK(status_of({{&FieldNames::time, "when"}}, inputs).ok());
  CHECK(status_of({{&FieldNames::vector, "v"}}, inputs) ==
        absl::InvalidArgumentError("no record has a field \"v\""));
  CHECK(status_of({{&FieldNames::title, "Body"}, {&FieldNames::text, "Body"}},
                  inputs)
            .ok());
}

TEST_CASE("a small night may lack all fields but those of the text", "[io]") {
  const TempFolder folder;
  const std::vector<std::string> inputs = {folder / "1.jsonl"};
  WriteFile(inputs[0], R"({"id":"a","text":"one"})");
  ReadOptions options;
  options.may_lack_fields = true;
  CHECK(ReadCrawl(inputs, options)->missing_field.empty());
  options.fields.language = "lang3";
  const auto crawl = ReadCrawl(inputs, options);
  REQUIRE(crawl.ok());
  CHECK(crawl->missing_field == "lang3");
  options.fields.text = "Body";
  CHECK(ReadCrawl(inputs, options).status() ==
        absl::InvalidArgumentError("no record has a field \"Body\""));
}

TEST_CASE("where no record is read no field is missed", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "empty.jsonl", "");
  WriteFile(folder / "a.txt", "A headline here\nThe text that is longer.");
  ReadOptions options;
  options.fields.text = "nosuch";
  CHECK(Ids(Read({folder / "empty.jsonl"}, options)) == "");
  CHECK(Ids(Read({folder / "a.txt"}, options)) == "a.txt ");
}

TEST_CASE("articles with neither title nor text are counted", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            "{\"Id\":\"a\",\"Text\":\"one\"}\n{\"title\":\"two\"}\n"
            "{\"text\":\"three\"}\n{\"text\":\"\"}\n");
  const Crawl crawl = Read({folder / "feed.jsonl"});
  CHECK(crawl.articles.size() == 4);
  CHECK(crawl.empty_articles == 2);
}

TEST_CASE("files that are not read to the end are told from bad records",
          "[io]") {
  const TempFolder folder;
  WriteFile(folder / "bad.jsonl", "[]\n" + CrawlRecord("a"));
  WriteFile(folder / "logo.png", "\x89PNG");
  CHECK(Read({folder.path()}).rejected.size() == 2);
  CHECK(Read({folder.path()}).NumUnread() == 0);
  WriteFile(folder / "binary.txt", std::string("\x89PNG\r\n\x1a\n\0\0", 10));
  CHECK(Read({folder.path()}).rejected.size() == 3);
  CHECK(Read({folder.path()}).NumUnread() == 1);
  const std::string packed = Zstd(CrawlRecord("b"));
  WriteFile(folder / "cut.jsonl.zst", packed.substr(0, packed.size() - 3));
  const Crawl crawl = Read({folder.path(), folder / "none.jsonl"});
  CHECK(crawl.rejected.size() == 5);
  CHECK(crawl.NumUnread() == 3);
}

TEST_CASE("strict reading ends with the first rejection", "[io]") {
  const TempFolder folder;
  const std::vector<std::string> inputs = {folder / "feed.jsonl"};
  WriteFile(inputs[0], CrawlRecord("a") + "\nx\ny\n");
  ReadOptions options;
  options.strict = true;
  const auto crawl = ReadCrawl(inputs, options);
  CHECK(crawl.status() ==
        absl::InvalidArgumentError(inputs[0] + ":2: not a json object"));
}

TEST_CASE("repairs and unreadable times are counted", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            "{\"id\":\"a\",\"text\":\"caf\xe9 \xe9\",\"date\":[2031]}\n"
            "{\"id\":\"b\",\"text\":\"\\ud83d\",\"date\":\"2031-03-04\"}\n"
            "{\"id\":\"c\",\"date\":\"soon\"}\n{\"id\":\"d\",\"date\":17}\n");
  const Crawl crawl = Read({folder / "feed.jsonl"});
  CHECK(Ids(crawl) == "a b c d ");
  CHECK(crawl.replaced_bytes == 3);
  CHECK(crawl.unreadable_times == 3);
  CHECK(crawl.unreadable_time == "soon");  // the first that can be shown
}

TEST_CASE("the listener is told how far the reading is", "[io]") {
  const TempFolder folder;
  size_t count = 0;
  const std::string feed = CountingRecords(9'000'000, count);
  const std::vector<std::string> inputs = {folder / "feed.jsonl"};
  WriteFile(inputs[0], feed);
  std::vector<ReadProgress> told;
  const auto crawl =
      ReadCrawl(inputs, {}, [&](const ReadProgress& p) { told.push_back(p); });
  REQUIRE(crawl.ok());
  REQUIRE(told.size() == 9);  // one for each chunk of 1 MiB
  CHECK(told.front().articles < told[1].articles);
  CHECK(told.back().articles == count);
  CHECK(told.back().bytes_total == feed.size());
  CHECK(told.back().bytes_done == feed.size());
}

}  // namespace
}  // namespace storyfold
