#include "embedding/vector_cache.h"

#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

// Counts the texts it is asked for; the vector of a text is its length.
class CountingEmbedder : public Embedder {
 public:
  explicit CountingEmbedder(const std::string& version = "1") {
    info_.name = "counting";
    info_.version = version;
    info_.dimension = 2;
  }
  const EmbedderInfo& info() const override { return info_; }
  absl::Status Embed(std::span<const std::string> texts,
                     std::span<float> rows) override {
    for (size_t i = 0; i < texts.size(); ++i) {
      ++asked;
      rows[2 * i] = static_cast<float>(texts[i].size());
      rows[2 * i + 1] = 1;
    }
    return absl::OkStatus();
  }

  size_t asked = 0;

 private:
  EmbedderInfo info_;
};

struct Result {
  std::vector<float> rows;
  size_t asked = 0;
  std::string problem;
};

Result EmbedThrough(const std::string& path,
                    const std::vector<std::string>& texts,
                    const std::string& version = "1") {
  const auto inner = std::make_shared<CountingEmbedder>(version);
  VectorCache cache(inner, path);
  Result result;
  result.rows.resize(texts.size() * 2);
  CHECK(cache.Embed(texts, result.rows).ok());
  result.asked = inner->asked;
  result.problem = cache.problem();
  return result;
}

const std::vector<std::string> kTexts = {"a", "bb", "", "ccc"};
const std::vector<float> kRows = {1, 1, 2, 1, 0, 0, 3, 1};

TEST_CASE("a text is embedded once", "[embedding][cache]") {
  const TempFolder folder;
  const Result first = EmbedThrough(folder / "v", kTexts);
  CHECK(first.asked == 3);
  CHECK(first.rows == kRows);
  CHECK(first.problem == "");
  const Result second = EmbedThrough(folder / "v", kTexts);
  CHECK(second.asked == 0);
  CHECK(second.rows == kRows);
  const Result more = EmbedThrough(folder / "v", {"bb", "dddd"});
  CHECK(more.asked == 1);
  CHECK(more.rows == std::vector<float>{2, 1, 4, 1});
}

TEST_CASE("vectors of another version of the model are not used",
          "[embedding][cache]") {
  const TempFolder folder;
  EmbedThrough(folder / "v", kTexts, "1");
  const Result other = EmbedThrough(folder / "v", kTexts, "2");
  CHECK(other.asked == 3);
  CHECK(other.problem.find("not the vectors of this model") !=
        std::string::npos);
  CHECK(EmbedThrough(folder / "v", kTexts, "1").asked == 0);
}

TEST_CASE("a file that is no cache is left as it is", "[embedding][cache]") {
  const TempFolder folder;
  const std::string feed = R"({"id":"a","text":"ferry"})";
  WriteFile(folder / "feed.jsonl", feed);
  const Result result = EmbedThrough(folder / "feed.jsonl", kTexts);
  CHECK(result.rows == kRows);
  CHECK(result.problem != "");
  CHECK(ReadFile(folder / "feed.jsonl") == feed);
}

TEST_CASE("a damaged cache loses what is damaged, with a word",
          "[embedding][cache]") {
  const TempFolder folder;
  EmbedThrough(folder / "v", kTexts);
  const std::string sound = ReadFile(folder / "v");
  for (size_t at = 0; at < sound.size(); ++at) {
    std::string bytes = sound;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
    WriteFile(folder / "v", bytes);
    const Result result = EmbedThrough(folder / "v", kTexts);
    CHECK(result.rows == kRows);
    CHECK(result.asked > 0);
    CHECK(result.problem != "");
    CHECK(ReadFile(folder / "v").size() == sound.size());
  }
  for (size_t size = 1; size < sound.size(); ++size) {
    WriteFile(folder / "v", sound.substr(0, size));
    CHECK(EmbedThrough(folder / "v", kTexts).rows == kRows);
    CHECK(ReadFile(folder / "v") == sound);
  }
}

TEST_CASE("where no cache can be, vectors are made all the same",
          "[embedding][cache]") {
  const TempFolder folder;
  const Result result = EmbedThrough(folder / "no/such/folder", kTexts);
  CHECK(result.rows == kRows);
  CHECK(result.problem != "");
  const Result in_folder = EmbedThrough(folder.path(), kTexts);
  CHECK(in_folder.rows == kRows);
  CHECK(in_folder.problem != "");
}

}  // namespace
}  // namespace storyfold
