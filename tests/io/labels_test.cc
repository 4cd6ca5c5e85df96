#include "io/labels.h"

#include <string>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

// Returns "id=label " for each label of a file, or the error after the path.
std::string Read(const std::string& bytes, const std::string& label = "story",
                 const std::string& id = "id") {
  const TempFolder folder;
  const std::string path = folder / "gold.jsonl";
  WriteFile(path, bytes);
  const auto labels = ReadLabels(path, id, label);
  if (!labels.ok()) {
    return std::string(labels.status().message()).substr(path.size());
  }
  std::string text;
  for (const Label& l : *labels) text += l.id + "=" + l.label + " ";
  return text;
}

TEST_CASE("every record with an id and a label has its label read", "[io]") {
  CHECK(Read("{\"id\":\"a\",\"story\":\"s1\"}\n"
             "{\"story\":\"s2\",\"id\":\"b\"}\n") == "a=s1 b=s2 ");
}

TEST_CASE("labels and ids may be numbers", "[io]") {
  CHECK(Read(R"({"id": 7 ,"story":12})") == "7=12 ");
  CHECK(Read(R"({"id":"a","story":-1.5})") == "a=-1.5 ");
}

TEST_CASE("a path of a label leads into objects", "[io]") {
  CHECK(Read(R"({"id":"a","storyfold":{"cluster":"x","story":"s"}})",
             "storyfold.story") == "a=s ");
  CHECK(Read(R"({"x":{"id":"a"},"story":"s"})", "story", "x.id") == "a=s ");
}

TEST_CASE("the name of a label may hold characters of JSON pointers", "[io]") {
  CHECK(Read(R"({"id":"a","a/b~c":"s"})", "a/b~c") == "a=s ");
}

TEST_CASE("records without id or label and blank lines are left out", "[io]") {
  CHECK(Read("\n{\"id\":\"a\"}\r\n  \n{\"story\":\"s\"}\n"
             "{\"id\":\"c\",\"story\":null}\n{\"id\":\"d\",\"story\":[1]}\n"
             "{\"id\":\"e\",\"story\":\"s\"}") == "e=s ");
}

TEST_CASE("a byte order mark before labels is passed over", "[io]") {
  CHECK(Read("\xEF\xBB\xBF{\"id\":\"a\",\"story\":\"s\"}\n") == "a=s ");
}

TEST_CASE("labels are read from records with invalid UTF-8", "[io]") {
  CHECK(Read("{\"id\":\"a\",\"text\":\"caf\xe9\",\"story\":\"s\"}") == "a=s ");
}

TEST_CASE("labels are read from records with lone surrogates", "[io]") {
  CHECK(Read(R"({"id":"a","text":"cut \ud83d","story":"s"})") == "a=s ");
}

TEST_CASE("a line of labels that is no JSON object is an error", "[io]") {
  const std::string good = "{\"id\":\"a\",\"story\":\"s\"}\n";
  const std::string line =
      GENERATE(as<std::string>{},  //
               "a,s", "[1,2]", "\"text\"", "12", "{\"id\":\"b\",\"story\":\"s",
               "{\"id\":\"b\"", "{\"id\":\"b\",,}");
  CAPTURE(line);
  CHECK_THAT(Read(good + line + "\n"), ContainsSubstring(":2: "));
}

TEST_CASE("an id with two labels is an error", "[io]") {
  CHECK(Read("{\"id\":\"a\",\"story\":\"s\"}\n\n{\"id\":\"a\",\"story\":\"t\"}"
             "\n") == ":3: id \"a\" was used before");
}

TEST_CASE("a file without labels is an error", "[io]") {
  CHECK(Read("{\"id\":\"a\"}\n", "storyfold.story") ==
        ": no record has \"id\" and \"storyfold.story\"");
  CHECK(Read("") == ": no record has \"id\" and \"story\"");
}

TEST_CASE("a file of labels that is not there is an error", "[io]") {
  const TempFolder folder;
  const auto labels = ReadLabels(folder / "none", "id", "story");
  CHECK(labels.status().message() ==
        (folder / "none") + ": No such file or directory");
}

}  // namespace
}  // namespace storyfold
