#include "io/json_text.h"

#include <string>
#include <vector>

#include "catch.h"

namespace storyfold {
namespace {

using namespace std::string_literals;

std::string AsJson(std::string_view text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

std::string AsJson(double value) {
  std::string out;
  AppendJsonNumber(value, out);
  return out;
}

TEST_CASE("text is quoted and kept", "[io]") {
  CHECK(AsJson("") == R"("")");
  CHECK(AsJson("plain text / with a slash") ==
        R"("plain text / with a slash")");
  CHECK(AsJson("Fähre, паром, 渡轮, 🚢") == "\"Fähre, паром, 渡轮, 🚢\"");
}

TEST_CASE("quotation marks, backslashes and control characters are escaped",
          "[io]") {
  CHECK(AsJson("say \"no\"") == R"("say \"no\"")");
  CHECK(AsJson("C:\\new") == R"("C:\\new")");
  CHECK(AsJson("a\nb\tc\r") == R"("a\nb\tc\r")");
  CHECK(AsJson("\0\x01\x1f\x7f"s) == R"("\u0000\u0001\u001f\u007f")");
  CHECK(AsJson("\b\f") == R"("\u0008\u000c")");
}

TEST_CASE("what moves the cursor or turns words around is escaped", "[io]") {
  CHECK(AsJson("a\u0080b\u009b2J\u009f") == R"("a\u0080b\u009b2J\u009f")");
  CHECK(AsJson("\u202a\u202enp.exe\u2066\u2069") ==
        R"("\u202a\u202enp.exe\u2066\u2069")");
  // Their neighbours, and what ends early.
  for (const std::string text :
       {"\u00a0", "é", "“–’…", "\u2029", "\u202f", "\u2065", "\u206a", "\u200f",
        "\xc2", "\xe2", "\xe2\x80", "\xe2\x81"}) {
    CHECK(AsJson(text) == '"' + text + '"');
  }
}

TEST_CASE("bytes that are no valid UTF-8 are written as they are", "[io]") {
  CHECK(AsJson("\xff\xc3") == "\"\xff\xc3\"");
}

TEST_CASE("text is appended to what is there", "[io]") {
  std::string out = "x=";
  AppendJsonString("y", out);
  CHECK(out == R"(x="y")");
}

TEST_CASE("numbers have four decimals without trailing zeros", "[io]") {
  CHECK(AsJson(0.0) == "0");
  CHECK(AsJson(1.0) == "1");
  CHECK(AsJson(0.5) == "0.5");
  CHECK(AsJson(0.9375) == "0.9375");
  CHECK(AsJson(2.0 / 3.0) == "0.6667");
  CHECK(AsJson(100.0) == "100");
  CHECK(AsJson(0.99999) == "1");
  CHECK(AsJson(0.00001) == "0");
  CHECK(AsJson(-0.00001) == "0");
  CHECK(AsJson(-0.25) == "-0.25");
}

TEST_CASE("an object lists its fields in the order of the calls", "[io]") {
  std::string out;
  JsonObject json(out);
  json.Add("name", "Harbor \"Light\"");
  json.Add("size", size_t{12});
  json.Add("share", 0.25);
  json.AddNull("first");
  json.AddStrings("terms", std::vector<std::string>{"ferry", "a\nb"});
  json.AddStrings("none", std::vector<std::string>{});
  json.Close();
  CHECK(out ==
        R"({"name":"Harbor \"Light\"","size":12,"share":0.25,"first":null,)"
        R"("terms":["ferry","a\nb"],"none":[]})");
}

TEST_CASE("an object without fields is empty", "[io]") {
  std::string out;
  JsonObject(out).Close();
  CHECK(out == "{}");
}

TEST_CASE("an object may stand in a field of another", "[io]") {
  std::string out;
  JsonObject json(out);
  JsonObject inner(json.Field("seconds"));
  inner.Add("read", 1.5);
  inner.Close();
  json.Add("threads", size_t{2});
  json.Close();
  CHECK(out == R"({"seconds":{"read":1.5},"threads":2})");
}

}  // namespace
}  // namespace storyfold
