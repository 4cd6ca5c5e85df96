#include "text/text_reader.h"

#include <memory>
#include <string>

#include "base/mapped_file.h"
#include "catch.h"
#include "support/mapped.h"

namespace storyfold {
namespace {

// An article whose text is all of a file.
struct FileArticle {
  explicit FileArticle(const std::string& bytes,
                       MappedFile::Pages pages = MappedFile::Pages::kKeep)
      : file(MapBytes(bytes, pages)) {
    article.text = file->bytes();
    article.text_file = file.get();
  }

  std::shared_ptr<const MappedFile> file;
  Article article;
};

TEST_CASE("a text in memory is read as it is", "[text]") {
  Article article;
  article.text = R"(one \n two)";
  TextReader reader;
  CHECK(reader.Read(article).data() == article.text.data());
}

TEST_CASE("a text in a file is unescaped", "[text]") {
  TextReader reader;
  const FileArticle plain("Harbor reopens");
  CHECK(reader.Read(plain.article) == "Harbor reopens");
  const FileArticle escaped(R"(a\nb \"c\" d\u00e9j\u00e0 \ud83d\ude00)");
  CHECK(reader.Read(escaped.article) == "a\nb \"c\" d\u00e9j\u00e0 \U0001F600");
  const std::string long_text(100'000, 'x');
  const FileArticle longer(long_text);
  CHECK(reader.Read(longer.article) == long_text);
  CHECK(reader.Read(plain.article) == "Harbor reopens");
}

TEST_CASE("a text that was overwritten meanwhile reads as empty", "[text]") {
  TextReader reader;
  const FileArticle cut_escape(R"(cut \u12)");
  CHECK(reader.Read(cut_escape.article).empty());
  const FileArticle cut_surrogate(R"(cut \ud83d\)");
  CHECK(reader.Read(cut_surrogate.article).empty());
  const FileArticle unknown_escape(R"(a \x b)");
  CHECK(reader.Read(unknown_escape.article).empty());
  const FileArticle no_utf8("a \xC3( b");
  CHECK(reader.Read(no_utf8.article).empty());
}

TEST_CASE("a text that now ends in a backslash ends there", "[text]") {
  TextReader reader;
  const FileArticle backslash(R"(ends in \)");
  CHECK(reader.Read(backslash.article) == "ends in \"");
}

TEST_CASE("pages that are given back are read again", "[text]") {
  TextReader reader;
  const FileArticle released(std::string(3'000'000, 'y'),
                             MappedFile::Pages::kRelease);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(reader.Read(released.article).size() == 3'000'000);
    REQUIRE(reader.Read(released.article).ends_with('y'));
  }
}

}  // namespace
}  // namespace storyfold
