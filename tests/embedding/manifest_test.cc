#include "embedding/manifest.h"

#include <string>

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("a manifest gives what it says and defaults for the rest",
          "[embedding]") {
  const auto manifest = ParseManifest(
      R"({"name": "m", "version": "7", "dimension": 384, "prefix": "query: ",
          "languages": ["en", "de"], "pooling": "first",
          "tokens": {"offset": 1}, "thresholds": {"headline_cut": 0.5}})");
  REQUIRE(manifest.ok());
  CHECK(manifest->info.name == "m");
  CHECK(manifest->info.version == "7");
  CHECK(manifest->info.dimension == 384);
  CHECK(manifest->info.languages.size() == 2);
  CHECK(manifest->prefix == "query: ");
  CHECK(manifest->pools_first_token);
  CHECK(manifest->token_offset == 1);
  CHECK(manifest->unknown_token == 3);
  CHECK(manifest->info.weights.headline_cut == 0.5);
  CHECK(manifest->info.weights.headline_share == DenseWeights().headline_share);
}

TEST_CASE("a hostile manifest is refused, with the field", "[embedding]") {
  struct Case {
    std::string json;
    std::string part;
  };
  const Case c = GENERATE(values<Case>({
      {"", "not a json object"},
      {"[]", "not a json object"},
      {"{\"name\": \"m\"", "not a json object"},
      {R"({"dimension": 3})", "\"name\" is missing"},
      {R"({"name": "m"})", "\"dimension\" is missing"},
      {R"({"name": 7, "dimension": 3})", "\"name\" is not"},
      {R"({"name": "m", "dimension": -3})", "\"dimension\" is not"},
      {R"({"name": "m", "dimension": 1e9})", "\"dimension\" is not"},
      {R"({"name": "m", "dimension": 99999999})", "\"dimension\" is not"},
      {R"({"name": "m", "dimension": 3, "max_tokens": 2})", "\"max_tokens\""},
      {R"({"name": "m", "dimension": 3, "max_words": 0})", "\"max_words\""},
      {R"({"name": "m", "dimension": 3, "pooling": "max"})", "\"pooling\""},
      {R"({"name": "m", "dimension": 3, "languages": "en"})", "\"languages\""},
      {R"({"name": "m", "dimension": 3, "languages": [1]})", "\"languages\""},
      {R"({"name": "m", "dimension": 3, "tokens": 1})", "\"tokens\""},
      {R"({"name": "m", "dimension": 3, "tokens": {"begin": -1}})",
       "\"begin\""},
      {R"({"name": "m", "dimension": 3, "thresholds": {"headline_cut": "a"}})",
       "\"headline_cut\""},
      {R"({"name": "m", "dimension": 3, "thresholds": {"headline_cut": 7}})",
       "thresholds"},
  }));
  const auto manifest = ParseManifest(c.json);
  REQUIRE_FALSE(manifest.ok());
  INFO(manifest.status().message());
  CHECK(std::string(manifest.status().message()).find(c.part) !=
        std::string::npos);
}

}  // namespace
}  // namespace storyfold
