#include "io/npy.h"

#include <cstring>
#include <string>
#include <vector>

#include "catch.h"
#include "io/vector_file.h"
#include "support/corpus.h"
#include "support/process.h"

namespace storyfold {
namespace {

std::string Npy(const std::string& header, const std::string& data,
                char version = 1) {
  std::string bytes = "\x93NUMPY";
  bytes += version;
  bytes += '\0';
  bytes += static_cast<char>(header.size() & 255);
  bytes += static_cast<char>(header.size() >> 8);
  if (version > 1) bytes += std::string(2, '\0');
  return bytes + header + data;
}

std::string HeaderFor(const std::string& type, const std::string& shape) {
  return "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" +
         shape + "), }\n";
}

std::string Floats(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()),
          values.size() * sizeof(float)};
}

std::vector<float> RowOf(const NpyMatrix& matrix, size_t row) {
  const auto values = matrix.Row(row);
  return {values.begin(), values.end()};
}

TEST_CASE("a matrix of float32 is read at any alignment and version",
          "[io][npy]") {
  const TempFolder folder;
  const char version = GENERATE(char{1}, char{2}, char{3});
  const std::string padding(GENERATE(0u, 1u, 2u, 3u), ' ');
  WriteFile(folder / "v.npy", Npy(padding + HeaderFor("<f4", "2, 3"),
                                  Floats({1, 2, 3, -4, .5f, 6}), version));
  const auto matrix = NpyMatrix::Read(folder / "v.npy");
  REQUIRE(matrix.ok());
  CHECK(matrix->rows() == 2);
  CHECK(RowOf(*matrix, 0) == std::vector<float>{1, 2, 3});
  CHECK(RowOf(*matrix, 1) == std::vector<float>{-4, .5f, 6});
}

TEST_CASE("float16 is converted, small and negative numbers too", "[io][npy]") {
  const TempFolder folder;
  const uint16_t halves[] = {0x3c00, 0xc000, 0x0001, 0x8000, 0x3555, 0x7bff};
  const std::string data(reinterpret_cast<const char*>(halves), sizeof(halves));
  WriteFile(folder / "v.npy", Npy(HeaderFor("<f2", "1, 6"), data));
  const auto matrix = NpyMatrix::Read(folder / "v.npy");
  REQUIRE(matrix.ok());
  CHECK(RowOf(*matrix, 0) ==
        std::vector<float>{1, -2, 0x1p-24f, -0.0f, 0.333251953125f, 65504});
}

TEST_CASE("a hostile .npy file is refused by name", "[io][npy]") {
  const TempFolder folder;
  const std::string two_rows = Floats({1, 2, 3, 4});
  const std::string good = Npy(HeaderFor("<f4", "2, 2"), two_rows);
  struct Case {
    std::string bytes;
    std::string part;
  };
  const std::vector<Case> cases = {
      {"", "not a .npy file"},
      {"PK\x03\x04 a zip", "not a .npy file"},
      {good.substr(0, 9), "not a .npy file"},
      {good.substr(0, 40), "cut short"},
      {good.substr(0, good.size() - 1), "bytes of numbers"},
      {good + "x", "bytes of numbers"},
      {Npy(HeaderFor("<f4", "2, 2"), two_rows, 9), "unknown version"},
      {Npy(HeaderFor("<f8", "1, 2"), two_rows), "holds '<f8'"},
      {Npy(HeaderFor(">f4", "2, 2"), two_rows), "holds '>f4'"},
      {Npy(HeaderFor("|O", "2, 2"), two_rows), "holds '|O'"},
      {Npy(HeaderFor("<f4", "4,"), two_rows), "shape"},
      {Npy(HeaderFor("<f4", "2, -2"), two_rows), "shape"},
      {Npy(HeaderFor("<f4", "2, 1, 2"), two_rows), "shape"},
      {Npy(HeaderFor("<f4", "0, 2"), ""), "no rows"},
      {Npy(HeaderFor("<f4", "2, 0"), ""), "no rows"},
      {Npy(HeaderFor("<f4", "18446744073709551615, 4"), two_rows), "bytes of"},
      {Npy(HeaderFor("<f4", "99999999999999999999999, 4"), two_rows), "shape"},
      {Npy(HeaderFor("<f4", "4611686018427387905, 4"), two_rows), "bytes of"},
      {Npy(HeaderFor("<f4", "1, 99999999"), two_rows), "too many columns"},
      {Npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2)}",
           two_rows),
       "C order"},
      {Npy("{}", two_rows), "shape"}};
  for (const Case& c : cases) {
    WriteFile(folder / "v.npy", c.bytes);
    const auto matrix = NpyMatrix::Read(folder / "v.npy");
    REQUIRE_FALSE(matrix.ok());
    INFO(matrix.status().message());
    CHECK(std::string(matrix.status().message()).find("v.npy: ") !=
          std::string::npos);
    CHECK(std::string(matrix.status().message()).find(c.part) !=
          std::string::npos);
  }
  CHECK_FALSE(NpyMatrix::Read(folder / "missing.npy").ok());
  CHECK_FALSE(NpyMatrix::Read(folder.path()).ok());
}

TEST_CASE("vectors go to the articles whose ids stand beside them",
          "[io][npy]") {
  const TempFolder folder;
  WriteFile(folder / "v.npy",
            Npy(HeaderFor("<f4", "2, 2"), Floats({1, 2, 3, 4})));
  WriteFile(folder / "v.ids", "b\r\nelse\n");
  const auto file = VectorFile::Read(folder / "v.npy");
  REQUIRE(file.ok());
  Corpus corpus;
  corpus.Add({.id = "a"});
  corpus.Add({.id = "b"});
  std::vector<Article> articles = corpus.articles();
  CHECK(file->GiveTo(articles) == 1);
  CHECK(articles[0].vector.empty());
  REQUIRE(articles[1].vector.size() == 2);
  CHECK(articles[1].vector[1] == 2);
}

TEST_CASE("ids that do not fit the matrix are an error with their line",
          "[io][npy]") {
  const TempFolder folder;
  WriteFile(folder / "v.npy",
            Npy(HeaderFor("<f4", "2, 2"), Floats({1, 2, 3, 4})));
  struct Case {
    std::string ids;
    std::string part;
  };
  const std::vector<Case> cases = {
      {"a\n", "v.ids: has 1 ids for the 2 rows"},
      {"a\nb\nc\n", "has 3 ids"},
      {"a\na\n", "v.ids:2: id \"a\" stands in line 1 too"},
      {"a\n\nb\n", "v.ids:2: no id"},
      {"", "has 0 ids"}};
  for (const Case& c : cases) {
    WriteFile(folder / "v.ids", c.ids);
    const auto file = VectorFile::Read(folder / "v.npy");
    REQUIRE_FALSE(file.ok());
    CHECK(std::string(file.status().message()).find(c.part) !=
          std::string::npos);
  }
  std::remove((folder / "v.ids").c_str());
  CHECK_FALSE(VectorFile::Read(folder / "v.npy").ok());
  CHECK_FALSE(VectorFile::Read(folder / "v.ids").ok());
}

}  // namespace
}  // namespace storyfold
