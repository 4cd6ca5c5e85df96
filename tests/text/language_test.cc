#include "text/language.h"

#include <sys/mman.h>

#include <cstring>
#include <string>
#include <string_view>

#include "catch.h"

namespace storyfold {
namespace {

std::string Repeat(std::string_view text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST_CASE("a sentence shows its language", "[text]") {
  const auto [language, text] = GENERATE(table<std::string, std::string>({
      {"en", "The ferry left the harbour before the storm reached the coast."},
      {"de", "Die Fähre verließ den Hafen, bevor der Sturm die Küste traf."},
      {"fr", "Le bateau a quitté le port avant que la tempête n'arrive."},
      {"ru", "Паром вышел из порта до того, как шторм достиг берега."},
      {"uk", "Пором вийшов із порту до того, як шторм досягнув берега."},
      {"zh", "渡轮在风暴到达海岸之前离开了港口，没有人受伤。"},
      {"ja", "フェリーは嵐が海岸に到達する前に港を出ました。"},
      {"ar", "غادرت العبارة الميناء قبل أن تصل العاصفة إلى الساحل."},
      {"he", "המעבורת עזבה את הנמל לפני שהסערה הגיעה לחוף."},
      {"th", "เรือเฟอร์รี่ออกจากท่าเรือก่อนที่พายุจะมาถึงชายฝั่ง"},
      {"tr", "Feribot fırtına kıyıya ulaşmadan önce limandan ayrıldı."},
  }));
  CAPTURE(text);
  CHECK(DetectLanguage(text) == language);
}

TEST_CASE("what is no sentence shows none", "[text]") {
  CHECK(DetectLanguage("").empty());
  CHECK(DetectLanguage("7").empty());
  CHECK(DetectLanguage("2031-05-07 14:30 +00:00, 3 : 1").empty());
  CHECK(DetectLanguage("\n\n\n").empty());
}

TEST_CASE("the middle of a page shows its language, not its menu", "[text]") {
  const std::string menu = Repeat("Все новости этого дня и погода\n", 5);
  const std::string body =
      Repeat("The ferry left the harbour before the storm came. ", 30);
  CHECK(DetectLanguage(menu + body + menu) == "en");
  CHECK(DetectLanguage(menu) == "ru");
}

TEST_CASE("where the middle does not tell, more of the text is read",
          "[text]") {
  const std::string body =
      Repeat("The ferry left the harbour before the storm came. ", 6);
  const std::string table = Repeat("12.5 | 7:30 | 44 % | ", 12);
  CHECK(DetectLanguage(table).empty());
  CHECK(DetectLanguage(body + table + body) == "en");
}

TEST_CASE("no character is cut, wherever the middle lies", "[text]") {
  const std::string text = Repeat("渡轮在风暴到达海岸之前离开了港口。", 40);
  for (size_t blanks = 0; blanks < 6; ++blanks) {
    // A cut character would be invalid, and so end the text for the detector.
    CHECK(DetectLanguage(std::string(blanks, ' ') + text) == "zh");
  }
}

TEST_CASE("nothing after the text is read", "[text]") {
  constexpr size_t kPage = 1 << 16;
  void* const pages = mmap(nullptr, 2 * kPage, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(pages != MAP_FAILED);
  char* const end = static_cast<char*>(pages) + kPage;
  REQUIRE(mprotect(end, kPage, PROT_NONE) == 0);
  // A text whose last letter is of another script made CLD2 look further.
  for (const std::string text : {"aж", "渡a", "พﭛဨ", "The ferry left"}) {
    std::memcpy(end - text.size(), text.data(), text.size());
    CHECK(DetectLanguage({end - text.size(), text.size()}) ==
          DetectLanguage(text));
  }
  munmap(pages, 2 * kPage);
}

TEST_CASE("control characters and noncharacters do no harm", "[text]") {
  CHECK(DetectLanguage("\x01\x7f\uFFFE\U0010FFFF").empty());
  CHECK(DetectLanguage(Repeat("\uFFFD\u0000\u202E", 300)).empty());
  CHECK(DetectLanguage(Repeat("<a href=&amp;&#0;", 100)).size() <= 3);
}

}  // namespace
}  // namespace storyfold
