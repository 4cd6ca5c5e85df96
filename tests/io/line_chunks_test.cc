#include "io/line_chunks.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// Hands out a string; fails at its end if told to.
class StringStream : public ByteStream {
 public:
  explicit StringStream(std::string bytes, bool fails = false)
      : bytes_(std::move(bytes)), fails_(fails) {}

  ReadResult Read(std::span<char> buffer) override {
    const size_t size = std::min(buffer.size(), bytes_.size() - offset_);
    std::copy_n(bytes_.data() + offset_, size, buffer.data());
    offset_ += size;
    ReadResult result;
    result.size = size;
    if (fails_ && offset_ == bytes_.size()) {
      result.status = absl::DataLossError("torn");
    }
    return result;
  }
  size_t PackedOffset() const override { return offset_; }

 private:
  std::string bytes_;
  bool fails_;
  size_t offset_ = 0;
};

// Reads all chunks, each looked at when `kept` - 1 more have been read.
std::string ReadInChunks(const std::string& bytes, size_t kept) {
  StreamLines chunker(std::make_unique<StringStream>(bytes), kept);
  std::vector<LineChunk> chunks;
  std::string read;
  size_t looked_at = 0;
  while (true) {
    chunks.push_back(chunker.Next());
    const bool end = chunks.back().IsEnd();
    while (looked_at < chunks.size() &&
           (end || looked_at + kept <= chunks.size())) {
      const std::string_view lines = chunks[looked_at++].lines;
      if (looked_at + 1 < chunks.size()) CHECK(lines.ends_with('\n'));
      read += lines;
    }
    if (end) return read;
  }
}

// A bug: each of its lines was told as no object, but for the last, which was
// read.
TEST_CASE("an array of objects is one error", "[io]") {
  const std::string array =
      GENERATE("[{\"id\":1},\n{\"id\":2}]\n", "\xEF\xBB\xBF\n[\n  {\n",
               "[{\"id\":1}\n,{\"id\":2}\n]", "[{\"id\":1},{\"id\":2}]\n");
  StreamLines chunks(std::make_unique<StringStream>(array));
  const LineChunk chunk = chunks.Next();
  CHECK(chunk.lines.empty());
  CHECK(chunk.status == absl::InvalidArgumentError(
                            "one json object a line is read, not an array"));
  CHECK(chunks.Next().IsEnd());
}

TEST_CASE("what begins with a bracket need not be an array", "[io]") {
  const std::string lines =
      GENERATE("[INFO] begin\n{\"id\":1}\n", "[{\"id\":1}]\n{\"id\":2}\n",
               "[]\n{\"id\":1}\n", "[\n");
  CHECK(ReadInChunks(lines, 2) == lines);
}

TEST_CASE("chunks put together are the file", "[io]") {
  Random random(45);
  std::string bytes;
  while (bytes.size() < 5'000'000) {
    bytes += std::string(random.Below(4000), 'x') + "\n";
  }
  for (const size_t kept : {1u, 2u, 8u}) {
    CAPTURE(kept);
    CHECK(ReadInChunks(bytes, kept) == bytes);
    CHECK(ReadInChunks(bytes + "no line end", kept) == bytes + "no line end");
  }
  CHECK(ReadInChunks("", 1).empty());
  CHECK(ReadInChunks("\n", 1) == "\n");
}

TEST_CASE("a line longer than a chunk is kept whole", "[io]") {
  const std::string bytes = "short\n" + std::string(6'000'000, 'y') +
                            "\nshort again\n" + std::string(3'000'000, 'z');
  for (const size_t kept : {1u, 8u}) CHECK(ReadInChunks(bytes, kept) == bytes);
}

TEST_CASE("a byte order mark is skipped at the begin only", "[io]") {
  const std::string mark = "\xEF\xBB\xBF";
  CHECK(ReadInChunks(mark + "a\n" + mark + "b\n", 1) == "a\n" + mark + "b\n");
}

TEST_CASE("a line that an error cuts off is dropped", "[io]") {
  StreamLines chunker(std::make_unique<StringStream>("whole\ntorn", true));
  const LineChunk chunk = chunker.Next();
  CHECK(chunk.lines == "whole\n");
  CHECK(chunk.status.message() == "torn");
  CHECK(chunker.Next().IsEnd());
}

TEST_CASE("lines are numbered, blank ones too, and visited if not blank",
          "[io]") {
  LineChunk chunk;
  chunk.lines = "one\n\n \t\r\nfour\nfive";
  std::vector<std::pair<std::string, size_t>> visited;
  const size_t next =
      ForEachLine(chunk, 10, [&](std::string_view line, size_t number) {
        visited.emplace_back(line, number);
      });
  CHECK(visited == std::vector<std::pair<std::string, size_t>>{
                       {"one", 10}, {"four", 13}, {"five", 14}});
  CHECK(next == 15);
}

}  // namespace
}  // namespace storyfold
