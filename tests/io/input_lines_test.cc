#include "io/input_lines.h"

#include <zlib.h>

#include <cstdlib>
#include <string>

#include "catch.h"
#include "support/mapped.h"
#include "support/process.h"

namespace storyfold {
namespace {

constexpr size_t kChunksKept = 8;

struct ReadLines {
  std::string lines;
  std::string error;
  bool stays = false;
};

ReadLines ReadAll(LineSource& source) {
  ReadLines read;
  while (true) {
    const LineChunk chunk = source.Next();
    read.lines += chunk.lines;
    read.stays |= chunk.file != nullptr;
    if (!chunk.status.ok()) read.error = std::string(chunk.status.message());
    if (chunk.IsEnd()) return read;
  }
}

ReadLines ReadAll(const std::string& path, TextStorage storage) {
  const auto input = OpenLines(path, storage, kChunksKept);
  REQUIRE(input.ok());
  return ReadAll(*input->lines);
}

std::string ManyLines(size_t bytes) {
  std::string lines;
  while (lines.size() < bytes) {
    lines += "line " + std::to_string(lines.size()) + "\n";
  }
  return lines;
}

TEST_CASE("an array of objects is an error in a mapped file, too", "[io]") {
  const TempFolder folder;
  WriteFile(folder / "feed.json", "[\n{}," + ManyLines(1'500'000));
  const ReadLines read = ReadAll(folder / "feed.json", TextStorage::kMemory);
  CHECK(read.stays);
  CHECK(read.lines.empty());
  CHECK(read.error == "one json object a line is read, not an array");
}

std::string WriteGzip(const std::string& path, const std::string& bytes) {
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
  return path;
}

TEST_CASE("the lines of a file are the same however it is stored", "[io]") {
  const TempFolder folder;
  const std::string lines = ManyLines(3'000'000) + "no line end";
  const std::string plain = folder / "feed.jsonl";
  WriteFile(plain, lines);
  const std::string packed = WriteGzip(folder / "feed.jsonl.gz", lines);
  for (const TextStorage storage :
       {TextStorage::kMemory, TextStorage::kPlainFiles, TextStorage::kFiles}) {
    CAPTURE(static_cast<int>(storage));
    const ReadLines of_plain = ReadAll(plain, storage);
    CHECK(of_plain.lines == lines);
    CHECK(of_plain.stays);
    const ReadLines of_packed = ReadAll(packed, storage);
    CHECK(of_packed.lines == lines);
    CHECK(of_packed.stays == (storage == TextStorage::kFiles));
  }
}

TEST_CASE("a torn archive gives its whole lines, then the reason", "[io]") {
  const TempFolder folder;
  const std::string packed =
      WriteGzip(folder / "feed.jsonl.gz", ManyLines(3'000'000));
  const std::string bytes = ReadFile(packed);
  WriteFile(packed, bytes.substr(0, bytes.size() / 2));
  const ReadLines streamed = ReadAll(packed, TextStorage::kMemory);
  const ReadLines unpacked = ReadAll(packed, TextStorage::kFiles);
  CHECK(streamed.error == "gzip data ends too early");
  CHECK(unpacked.error == streamed.error);
  CHECK(unpacked.lines == streamed.lines);
  CHECK(unpacked.lines.ends_with('\n'));
  CHECK(unpacked.lines.size() > 100'000);
}

TEST_CASE("small files do not stay: a process may have so many", "[io]") {
  const TempFolder folder;
  const std::string lines = ManyLines(10'000);
  const std::string plain = folder / "feed.jsonl";
  WriteFile(plain, lines);
  const std::string packed = WriteGzip(folder / "feed.jsonl.gz", lines);
  for (const std::string& path : {plain, packed}) {
    const ReadLines read = ReadAll(path, TextStorage::kFiles);
    CHECK(read.lines == lines);
    CHECK_FALSE(read.stays);
  }
}

TEST_CASE("the progress of an unpacked file is that of the packed one",
          "[io]") {
  const TempFolder folder;
  const std::string packed =
      WriteGzip(folder / "feed.jsonl.gz", ManyLines(3'000'000));
  const auto input = OpenLines(packed, TextStorage::kFiles, kChunksKept);
  REQUIRE(input.ok());
  const size_t first = input->lines->Next().packed_offset;
  CHECK(first > 0);
  size_t last = first;
  while (true) {
    const LineChunk chunk = input->lines->Next();
    if (chunk.IsEnd()) break;
    last = chunk.packed_offset;
  }
  CHECK(last > first);
  CHECK(last <= ReadFile(packed).size());
}

TEST_CASE("an empty file has no lines", "[io]") {
  const TempFolder folder;
  const std::string plain = folder / "feed.jsonl";
  WriteFile(plain, "");
  const std::string packed = WriteGzip(folder / "feed.jsonl.gz", "");
  for (const std::string& path : {plain, packed}) {
    for (const TextStorage storage :
         {TextStorage::kMemory, TextStorage::kFiles}) {
      CHECK(ReadAll(path, storage).lines.empty());
    }
  }
}

TEST_CASE("the lines of a mapped file are cut as those of a stream", "[io]") {
  const std::string mark = "\xEF\xBB\xBF";
  const std::string long_line(3'000'000, 'z');
  for (const std::string& bytes :
       {std::string("\n"), mark, mark + "a\n" + mark + "b\n",
        "short\n" + long_line + "\nshort\n" + long_line,
        ManyLines(2'500'000)}) {
    MappedLines lines(MapBytes(bytes), bytes.size());
    const size_t begin = bytes.starts_with(mark) ? mark.size() : 0;
    CHECK(ReadAll(lines).lines == bytes.substr(begin));
  }
}

}  // namespace
}  // namespace storyfold
