#include "io/text_file.h"

#include <string>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

using namespace std::string_literals;

// A text file in a folder, read.
struct ReadText {
  explicit ReadText(const std::string& bytes) {
    const TempFolder folder;
    WriteFile(folder / "page.txt", bytes);
    result = ReadTextFile(
        {folder / "page.txt", "sub/page.txt", InputFormat::kText, 0}, arena);
  }
  Arena arena;
  absl::StatusOr<ParsedRecord> result;
};

const std::string kBody =
    "The night ferry to Ansel ran aground off the breakwater on Monday.";

TEST_CASE("a text file is one article named by its path", "[io]") {
  const ReadText read("Ferry runs aground\n" + kBody + "\n");
  REQUIRE(read.result.ok());
  const Article& article = read.result->article;
  CHECK(article.id == "sub/page.txt");
  CHECK(article.title == "Ferry runs aground");
  CHECK(article.text == "Ferry runs aground\n" + kBody + "\n");
  CHECK(article.source.empty());
  CHECK(article.published == std::nullopt);
  CHECK(read.result->record ==
        R"({"id":"sub/page.txt","title":"Ferry runs aground",)"
        R"("text":"Ferry runs aground\n)" +
            kBody + R"(\n"})");
  CHECK(read.result->replaced_bytes == 0);
}

TEST_CASE("a first line that looks like a title is one", "[io]") {
  CHECK(TitleOfText("Ferry runs aground\n" + kBody) == "Ferry runs aground");
  CHECK(TitleOfText("\n \n  Ferry runs aground \r\n\r\n" + kBody) ==
        "Ferry runs aground");
  CHECK(TitleOfText("Will it sail?\n" + kBody) == "Will it sail?");
  CHECK(TitleOfText("Ferry runs aground\nBy A. Mole\n" + kBody) ==
        "Ferry runs aground");
}

TEST_CASE("a first line that does not look like a title is none", "[io]") {
  const std::string words26 =
      "a a a a a a a a a a a a a a a a a a a a a a a a a a";
  CHECK(TitleOfText("").empty());
  CHECK(TitleOfText("\n\n").empty());
  CHECK(TitleOfText("Ferry runs aground").empty());
  CHECK(TitleOfText("Ferry\n" + kBody).empty());
  CHECK(TitleOfText("The ferry sank.\n" + kBody).empty());
  CHECK(TitleOfText("On the ferry,\n" + kBody).empty());
  CHECK(TitleOfText(words26 + "\n" + kBody).empty());
  CHECK(TitleOfText("Ferry runs aground\nshort\nlines").empty());
}

TEST_CASE("a title of 25 words is one", "[io]") {
  const std::string words25 =
      "a a a a a a a a a a a a a a a a a a a a a a a a a";
  CHECK(TitleOfText(words25 + "\n" + kBody) == words25);
}

TEST_CASE("a byte order mark is no part of the text", "[io]") {
  const ReadText read(
      "\xEF\xBB\xBF"
      "Ferry runs aground\n" +
      kBody);
  REQUIRE(read.result.ok());
  CHECK(read.result->article.title == "Ferry runs aground");
  CHECK(read.result->article.text.starts_with("Ferry"));
}

TEST_CASE("an empty text file is an article without text", "[io]") {
  const ReadText read("");
  REQUIRE(read.result.ok());
  CHECK(read.result->article.text.empty());
  CHECK(read.result->record == R"({"id":"sub/page.txt","title":"","text":""})");
}

TEST_CASE("a few bad bytes in a text file are replaced and counted", "[io]") {
  const ReadText read("Caf\xe9 and b\0rs "s + kBody + kBody);
  REQUIRE(read.result.ok());
  CHECK(read.result->article.text ==
        "Caf\uFFFD and b\uFFFDrs " + kBody + kBody);
  CHECK(read.result->replaced_bytes == 2);
}

// A bug: a twentieth of its bytes being no UTF-8, it was taken for binary.
TEST_CASE("a text in Latin-1 is an article", "[io]") {
  const ReadText read(
      "caf\xe9 und Stra\xdf"
      "e\r\n\t\f");
  REQUIRE(read.result.ok());
  CHECK(read.result->article.text == "caf\uFFFD und Stra\uFFFDe\r\n\t\f");
  CHECK(read.result->replaced_bytes == 2);
}

TEST_CASE("control characters around a wire report make it no binary file",
          "[io]") {
  CHECK(ReadText("\x01\x02" + kBody + "\x03").result.ok());
}

TEST_CASE("a binary file is no article", "[io]") {
  const absl::Status binary = absl::DataLossError("looks like a binary file");
  const ReadText image(
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\xff"s);
  CHECK(image.result.status() == binary);
  const ReadText no_zeros("\1\2\3\4\5 a record of something\1\2\3\4\5"s);
  CHECK(no_zeros.result.status() == binary);
  std::string packed;
  for (int i = 0; i < 5'000; ++i) packed += static_cast<char>(i * i >> 3);
  CHECK(ReadText(packed).result.status() == binary);
  std::string utf16;
  for (const char c : kBody) utf16 += std::string{c, '\0'};
  const ReadText wide(utf16);
  CHECK(wide.result.status() == binary);
}

TEST_CASE("a flash between the control characters of a wire is a text",
          "[io]") {
  const ReadText flash("\1\2BULLETIN: ferry aground, coast guard says\3\4"s);
  CHECK(flash.result.ok());
}

TEST_CASE("a text file that is not there is an error", "[io]") {
  Arena arena;
  const TempFolder folder;
  const auto result = ReadTextFile(
      {folder / "none.txt", "none.txt", InputFormat::kText, 0}, arena);
  CHECK(result.status().code() == absl::StatusCode::kNotFound);
  CHECK(result.status().message() == "No such file or directory");
}

}  // namespace
}  // namespace storyfold
