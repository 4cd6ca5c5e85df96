#include "base/counted.h"

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("of one thing no plural is told", "[base]") {
  CHECK(Counted(0, "article") == "0 articles");
  CHECK(Counted(1, "article") == "1 article");
  CHECK(Counted(2, "article") == "2 articles");
  CHECK(Counted(1, "copy is", "copies are") == "1 copy is");
  CHECK(Counted(12, "copy is", "copies are") == "12 copies are");
}

}  // namespace
}  // namespace storyfold
