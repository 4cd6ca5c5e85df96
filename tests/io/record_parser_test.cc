#include "io/record_parser.h"

#include <string>

#include "catch.h"

namespace storyfold {
namespace {

// One line of JSON, parsed; REQUIREs that it is a record.
class Parsed {
 public:
  explicit Parsed(const std::string& line, const FieldNames& names = {})
      : result_(Parse(line, names)) {
    CAPTURE(line, result_.status().ToString());
    REQUIRE(result_.ok());
  }
  const ParsedRecord* operator->() const { return &*result_; }
  const Article& article() const { return result_->article; }

 private:
  absl::StatusOr<ParsedRecord> Parse(const std::string& line,
                                     const FieldNames& names) {
    const FieldTable fields(names);
    RecordParser parser(fields, RecordParts());
    const std::string padded = line + std::string(RecordParser::kPadding, ' ');
    return parser.Parse(std::string_view(padded).substr(0, line.size()),
                        arena_);
  }

  Arena arena_;
  absl::StatusOr<ParsedRecord> result_;
};

std::string ErrorOf(const std::string& line) {
  const FieldTable fields({});
  RecordParser parser(fields, RecordParts());
  Arena arena;
  const std::string padded = line + std::string(RecordParser::kPadding, ' ');
  const auto result =
      parser.Parse(std::string_view(padded).substr(0, line.size()), arena);
  if (result.ok()) return "";
  CHECK(result.status().code() == absl::StatusCode::kInvalidArgument);
  return std::string(result.status().message());
}

std::string Nested(size_t depth) {
  return "{\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
}

TEST_CASE("all fields of a record are read", "[io]") {
  const std::string line =
      R"({"id":"a1","title":"Ferry \"Ansel\"","text":"One.\nTwo.",)"
      R"("url":"https://x.example/1","source":"x.example",)"
      R"("published":"2031-03-04T14:05:00Z","lang":"en-GB","more":[1,{}]})";
  const Parsed parsed(line);
  const Article& article = parsed.article();
  CHECK(article.id == "a1");
  CHECK(article.title == "Ferry \"Ansel\"");
  CHECK(article.text == "One.\nTwo.");
  CHECK(article.url == "https://x.example/1");
  CHECK(article.source == "x.example");
  CHECK(article.published == 1'930'399'500);
  CHECK(article.language == "en");
  CHECK(parsed->record == line);
  CHECK(parsed->replaced_bytes == 0);
  CHECK_FALSE(parsed->unreadable_time);
}

TEST_CASE("space around a record is no part of it", "[io]") {
  CHECK(Parsed(" \t{ \"id\" : \"a\" } \r")->record == "{ \"id\" : \"a\" }");
}

TEST_CASE("a record without any field is an empty article", "[io]") {
  const Parsed parsed("{}");
  CHECK(parsed.article().id.empty());
  CHECK(parsed.article().text.empty());
  CHECK(parsed.article().published == std::nullopt);
}

TEST_CASE("the usual names of fields are known", "[io]") {
  const Parsed feed(
      R"({"guid":"g","headline":"H","maintext":"M","link":"L",)"
      R"("publisher":"P","pubDate":"Tue, 04 Mar 2031 14:05:00 GMT",)"
      R"("locale":"de_AT"})");
  CHECK(feed.article().id == "g");
  CHECK(feed.article().title == "H");
  CHECK(feed.article().text == "M");
  CHECK(feed.article().url == "L");
  CHECK(feed.article().source == "P");
  CHECK(feed.article().published == 1'930'399'500);
  CHECK(feed.article().language == "de");
}

TEST_CASE("of several usual names the best one wins in any order", "[io]") {
  CHECK(Parsed(R"({"description":"d","body":"b","text":"t"})").article().text ==
        "t");
  CHECK(Parsed(R"({"text":"t","body":"b","description":"d"})").article().text ==
        "t");
  CHECK(Parsed(R"({"summary":"s","content":"c"})").article().text == "c");
  CHECK(Parsed(R"({"uuid":"u","_id":"i"})").article().id == "i");
}

TEST_CASE("a field that is empty or null leaves its role to the next name",
          "[io]") {
  CHECK(Parsed(R"({"text":"","body":"b"})").article().text == "b");
  CHECK(Parsed(R"({"text":null,"body":"b"})").article().text == "b");
  CHECK(Parsed(R"({"body":"b","text":""})").article().text == "b");
}

TEST_CASE("of a key that stands twice the first counts", "[io]") {
  CHECK(Parsed(R"({"text":"one","text":"two"})").article().text == "one");
}

TEST_CASE("custom names replace the usual ones of their role only", "[io]") {
  FieldNames names;
  names.id = "key";
  names.text = "página";
  const Parsed parsed(
      R"({"id":"usual","key":"own","text":"usual","página":"own",)"
      R"("title":"T"})",
      names);
  CHECK(parsed.article().id == "own");
  CHECK(parsed.article().text == "own");
  CHECK(parsed.article().title == "T");
  CHECK(Parsed(R"({"text":"usual"})", names).article().text.empty());
}

TEST_CASE("a key may be written with escapes", "[io]") {
  CHECK(Parsed(R"({"te\u0078t":"t"})").article().text == "t");
}

TEST_CASE("id, title and text of a wrong type are an error", "[io]") {
  CHECK(ErrorOf(R"({"id":"a","text":5})") == "\"text\" is not a string");
  CHECK(ErrorOf(R"({"id":"a","text":["x"]})") == "\"text\" is not a string");
  CHECK(ErrorOf(R"({"id":"a","body":{"x":1}})") == "\"body\" is not a string");
  CHECK(ErrorOf(R"({"id":"a","title":false})") == "\"title\" is not a string");
  CHECK(ErrorOf(R"({"id":["a"]})") == "\"id\" is not a string");
  CHECK(ErrorOf(R"({"id":true})") == "\"id\" is not a string");
}

TEST_CASE("a wrong type under a worse name than the one that is read is none",
          "[io]") {
  CHECK(Parsed(R"({"text":"t","content":{"raw":1}})").article().text == "t");
  CHECK(Parsed(R"({"content":{"raw":1},"text":"t"})").article().text == "t");
  CHECK(Parsed(R"({"_id":{"$oid":"5f"},"id":"a"})").article().id == "a");
}

TEST_CASE("a wrong type leaves its role to the next name that has a value",
          "[io]") {
  CHECK(Parsed(R"({"body":{"raw":1},"content":"c"})").article().text == "c");
  CHECK(Parsed(R"({"body":"b","text":5})").article().text == "b");
  CHECK(Parsed(R"({"id":{"$oid":"5f"},"guid":"g"})").article().id == "g");
  CHECK(ErrorOf(R"({"text":5,"body":""})") == "\"text\" is not a string");
  CHECK(ErrorOf(R"({"body":[],"text":5})") == "\"text\" is not a string");
}

TEST_CASE("a time of a wrong type is one that cannot be read", "[io]") {
  const Parsed wrong(R"({"id":"a","published":{"$date":"2031-03-04"}})");
  CHECK(wrong.article().published == std::nullopt);
  CHECK(wrong->unreadable_time);
  CHECK(Parsed(R"({"id":"a","date":true})")->unreadable_time);
  const Parsed other(
      R"({"id":"a","published":{"$date":1},"date":"2031-03-04"})");
  CHECK(other.article().published.has_value());
  CHECK_FALSE(other->unreadable_time);
  CHECK_FALSE(Parsed(R"({"id":"a","published":null})")->unreadable_time);
}

TEST_CASE("other fields of a wrong type count as missing", "[io]") {
  const Parsed parsed(
      R"({"id":"a","url":7,"source":["x"],"lang":{},"title":null})");
  CHECK(parsed.article().url.empty());
  CHECK(parsed.article().source.empty());
  CHECK(parsed.article().language.empty());
  CHECK(parsed.article().title.empty());
}

TEST_CASE("an id may be a number", "[io]") {
  CHECK(Parsed(R"({"id": 42 ,"text":"t"})").article().id == "42");
  CHECK(Parsed(R"({"id":18446744073709551615})").article().id ==
        "18446744073709551615");
  CHECK(Parsed(R"({"id":-1.50})").article().id == "-1.50");
}

TEST_CASE("a time may be a number", "[io]") {
  CHECK(Parsed(R"({"published":1930399500})").article().published ==
        1'930'399'500);
  CHECK(Parsed(R"({"timestamp":1930399500000})").article().published ==
        1'930'399'500);
}

TEST_CASE("an article goes on without a time that cannot be read", "[io]") {
  const Parsed parsed(R"({"id":"a","date":"last Tuesday"})");
  CHECK(parsed.article().published == std::nullopt);
  CHECK(parsed->unreadable_time);
  CHECK_FALSE(Parsed(R"({"id":"a","date":null})")->unreadable_time);
  CHECK_FALSE(Parsed(R"({"id":"a","date":""})")->unreadable_time);
}

TEST_CASE("the source may be an object with a name", "[io]") {
  CHECK(Parsed(R"({"source":{"id":null,"name":"Harbor Light"}})")
            .article()
            .source == "Harbor Light");
  CHECK(Parsed(R"({"source":{"id":"hl"},"url":"https://hl.example/"})")
            .article()
            .source == "hl.example");
}

TEST_CASE("without a source the host of the URL is it", "[io]") {
  const auto host = [](const std::string& url) {
    return std::string(Parsed(R"({"url":")" + url + R"("})").article().source);
  };
  CHECK(host("https://www.harborlight.example/a/1?x=y") ==
        "harborlight.example");
  CHECK(host("http://news.example") == "news.example");
  CHECK(host("http://news.example:8080/a") == "news.example");
  CHECK(host("http://user:word@news.example:8080/a") == "news.example");
  CHECK(host("http://news.example?at=x@y") == "news.example");
  CHECK(host("HTTPS://WWW.News.Example/A") == "news.example");
  CHECK(host("/a/1").empty());
}

TEST_CASE("halves of surrogate pairs become U+FFFD, not in the record",
          "[io]") {
  const std::string line =
      R"({"id":"a","title":"\ud83d","text":"x\ud83d y\ude00 \ud83d\ude00 \\ud83d"})";
  const Parsed parsed(line);
  CHECK(parsed.article().title == "\uFFFD");
  CHECK(parsed.article().text == "x\uFFFD y\uFFFD \U0001F600 \\ud83d");
  CHECK(parsed->replaced_bytes == 3);
  CHECK(parsed->record == line);
}

TEST_CASE("half a surrogate pair in a field that is not read does no harm",
          "[io]") {
  const std::string line = R"({"id":"a","x":"\ud83d","text":"t"})";
  const Parsed parsed(line);
  CHECK(parsed.article().text == "t");
  CHECK(parsed->record == line);
}

TEST_CASE("invalid UTF-8 becomes U+FFFD, not in the record", "[io]") {
  const std::string line =
      "{\"id\":\"a\",\"text\":\"caf\xe9 \xc3\x28 \xf0\x9f\"}";
  const Parsed parsed(line);
  CHECK(parsed.article().text == "caf\uFFFD \uFFFD( \uFFFD");
  CHECK(parsed->replaced_bytes == 3);
  CHECK(parsed->record == line);
}

TEST_CASE("a NUL may stand in a text as an escape only", "[io]") {
  CHECK(Parsed(R"({"text":"a\u0000b"})").article().text ==
        std::string_view("a\0b", 3));
  CHECK_THAT(ErrorOf(std::string("{\"text\":\"a\0b\"}", 14)),
             ContainsSubstring("broken json"));
}

TEST_CASE("what is no JSON object is an error", "[io]") {
  CHECK(ErrorOf("hello") == "not a json object");
  CHECK(ErrorOf("[1,2]") == "one json object a line is read, not an array");
  CHECK(ErrorOf("\"text\"") == "not a json object");
  CHECK(ErrorOf("null") == "not a json object");
}

TEST_CASE("broken JSON is an error", "[io]") {
  const std::string line = GENERATE(
      as<std::string>{},  //
      R"({)", R"({"id":"a")", R"({"id":"a)", R"({"id":"a",})", R"({"id"})",
      R"({"id":})", R"({"id" "a"})", R"({"id":"a" "b":1})", R"({id:"a"})",
      R"({"id":'a'})", R"({"id":"a\q"})", R"({"id":"a\u12"})", R"({"id":01})",
      R"({"id":nul})", "{\"id\":\"a\tb\"}");
  CAPTURE(line);
  CHECK_FALSE(ErrorOf(line).empty());
}

TEST_CASE("broken JSON in a field that is not read is an error", "[io]") {
  const std::string value =
      GENERATE(as<std::string>{},  //
               "tru", "nulll", "1.2.3", "--1", "[1,,2]", "[1 2]", "[1}", "{]",
               R"({"y" 1})", R"({"y":1,})", "abc", "\"a\tb\"", "[[tru]]",
               R"({"y":[{"z":01}]})");
  const std::string line =
      R"({"id":"a","x":)" + value + R"(,"text":"some text"})";
  CAPTURE(line);
  CHECK_THAT(ErrorOf(line), ContainsSubstring("broken json"));
}

TEST_CASE("valid JSON of any type in a field that is not read is fine",
          "[io]") {
  const std::string value = GENERATE(
      as<std::string>{},  //
      "true", "false", "null", "0", "-1.5e-7", "123456789012345678901234567890",
      "[]", "{}", R"([1,"a",[true,null],{"b":{}}])", R"("\u00e9\n")", "1e999");
  const std::string line =
      R"({"id":"a","x":)" + value + R"(,"text":"some text"})";
  CAPTURE(line);
  CHECK(Parsed(line).article().text == "some text");
}

TEST_CASE("a second value in the line is an error", "[io]") {
  const std::string line =
      GENERATE(as<std::string>{},  //
               R"({"id":"a"}{"id":"b"})", R"({"id":"a"} x)", R"({"id":"a"},)",
               R"({"id":"a"}})", R"({"id":"a"} {})");
  CAPTURE(line);
  CHECK_FALSE(ErrorOf(line).empty());
}

TEST_CASE("values may be nested, but not without end", "[io]") {
  CHECK(ErrorOf(Nested(100)).empty());
  CHECK_FALSE(ErrorOf(Nested(5'000)).empty());
  CHECK_FALSE(ErrorOf(Nested(2'000'000)).empty());
  CHECK_FALSE(ErrorOf("{\"x\":" + std::string(2'000'000, '[') + "}").empty());
}

TEST_CASE("a field of an earlier run is left out of the record", "[io]") {
  const std::string own =
      R"("storyfold":{"cluster":"a","boilerplate_lines":[1,2],"n":{"}":"{"}})";
  CHECK(Parsed("{" + own + R"(,"id":"a","text":"t"})")->record ==
        R"({"id":"a","text":"t"})");
  CHECK(Parsed(R"({"id":"a",)" + own + R"(,"text":"t"})")->record ==
        R"({"id":"a","text":"t"})");
  CHECK(Parsed(R"({"id":"a","text":"t",)" + own + "}")->record ==
        R"({"id":"a","text":"t"})");
  CHECK(Parsed(R"({"id":"a" , )" + own + " }")->record == R"({"id":"a" })");
  CHECK(Parsed("{" + own + "}")->record == "{}");
}

TEST_CASE("a field of an earlier run inside of another field stays", "[io]") {
  const std::string line = R"({"id":"a","x":{"storyfold":{"cluster":"a"}}})";
  CHECK(Parsed(line)->record == line);
}

TEST_CASE(
    "a record that is damaged keeps its bytes without the field of an "
    "earlier run",
    "[io]") {
  const std::string own = R"("storyfold":{"cluster":"a"})";
  const std::string latin = "{\"id\":\"a\",\"text\":\"caf\xe9\"";
  CHECK(Parsed(latin + "," + own + "}")->record == latin + "}");
  const std::string cut = R"({"id":"a","text":"\ud83d")";
  CHECK(Parsed(cut + "," + own + "}")->record == cut + "}");
}

TEST_CASE("without keep_records no record is kept", "[io]") {
  const FieldTable fields({});
  RecordParser parser(fields, {/*records=*/false});
  Arena arena;
  const std::string line = R"({"id":"a","text":"t"})";
  const std::string padded = line + std::string(RecordParser::kPadding, ' ');
  const auto parsed =
      parser.Parse(std::string_view(padded).substr(0, line.size()), arena);
  REQUIRE(parsed.ok());
  CHECK(parsed->article.text == "t");
  CHECK(parsed->record.empty());
}

TEST_CASE("a record without an id has the one an earlier run gave it", "[io]") {
  const std::string own = R"("storyfold":{"id":"feed.jsonl:3","cluster":"c"})";
  CHECK(Parsed("{" + own + "}").article().id == "feed.jsonl:3");
  CHECK(Parsed(R"({"id":"mine",)" + own + "}").article().id == "mine");
}

TEST_CASE("an own field that cannot be replaced is an error", "[io]") {
  CHECK(ErrorOf("{\"id\":\"a\",\"storyfold\":{\"cluster\":\"caf\xE9\"}}") ==
        "its \"storyfold\" field is damaged and cannot be replaced");
  CHECK(ErrorOf(R"({"id":"a","storyfold":5})") ==
        "\"storyfold\" is not an object");
}

}  // namespace
}  // namespace storyfold
