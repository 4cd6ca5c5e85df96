#include "io/record_id.h"

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("a record says its other id in the field of its id", "[io]") {
  CHECK(WithOtherId(R"({"id": "b" , "text":"b"})", "b", "a") ==
        R"({"id": "a" , "text":"b"})");
  CHECK(WithOtherId(R"({"url":"b","_id":"b"})", "b", "a") ==
        R"({"url":"b","_id":"a"})");
  CHECK(WithOtherId(R"({"title":"x","id": 17 })", "17", "a\"") ==
        R"({"title":"x","id": "a\"" })");
  CHECK(WithOtherId(R"({"id":"\u0062"})", "b", "a") == R"({"id":"a"})");
}

TEST_CASE("the id of a record may stand in a field of any name", "[io]") {
  CHECK(WithOtherId(R"({"nr":"b","text":"b"})", "b", "a") ==
        R"({"nr":"a","text":"b"})");
  CHECK(WithOtherId(R"({"nr":"b","id":"b"})", "b", "a") ==
        R"({"nr":"b","id":"a"})");
}

// A bug: the id of an article was written where the year is, if another id of
// the article was "2031".
TEST_CASE("a record that says its id already stays as it is", "[io]") {
  for (const char* record : {R"({"id":"art-1","year":2031,"text":"b"})",
                             R"({"year":2031,"id":"art-1","text":"b"})",
                             R"({"nr":"art-1","year":2031,"text":"b"})"}) {
    CHECK(WithOtherId(record, "2031", "art-1") == record);
  }
  CHECK(WithOtherId(R"({"id":"7","year":2031})", "7", "2031") ==
        R"({"id":"2031","year":2031})");
}

TEST_CASE("a record without an id of its own stays as it is", "[io]") {
  for (const char* record :
       {R"({"url":"b","text":"b"})", R"({"id":["b"]})", R"({"id":"c"})", "{}",
        "{", "[1]", "{\"id\":\"\xff\"}"}) {
    CHECK(WithOtherId(record, "b", "a") == record);
  }
}

}  // namespace
}  // namespace storyfold
