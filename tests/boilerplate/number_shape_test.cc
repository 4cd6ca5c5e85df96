#include "boilerplate/number_shape.h"

#include <string>

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("a number is one slot, in digits of any script", "[boilerplate]") {
  CHECK(ShapeOfNumbers("1986/87 1985/86") == "#/# #/#");
  CHECK(ShapeOfNumbers("1986.") == "#.");
  CHECK(ShapeOfNumbers("&#3;") == "&##;");
  CHECK(ShapeOfNumbers("١٤:٠٥") == "#:#");
  CHECK(ShapeOfNumbers("１４:０５") == "#:#");
  CHECK(ShapeOfNumbers("").empty());
}

TEST_CASE("white space is one space, dashes are one dash", "[boilerplate]") {
  const std::string times =
      GENERATE("12 30", "12  30", "9\t40", "12\u00a030", "12\u2009 30");
  CAPTURE(times);
  CHECK(ShapeOfNumbers(times) == "# #");
  const std::string page = GENERATE("- 3 -", "– 4 –", "-- 5 —", "− 6 -");
  CAPTURE(page);
  CHECK(ShapeOfNumbers(page) == "- # -");
}

TEST_CASE("a number has groups of three digits", "[boilerplate]") {
  const std::string number =
      GENERATE("12", "1,234", "5,678,901", "5.678.901", "1 234", "1\u00a0234",
               "1\u202f234", "1’234", "12345");
  CAPTURE(number);
  CHECK(ShapeOfNumbers(number) == "#");
}

TEST_CASE("marks between other digits stay", "[boilerplate]") {
  CHECK(ShapeOfNumbers("1.25") == "#.#");
  CHECK(ShapeOfNumbers("1,2345") == "#,#");
  CHECK(ShapeOfNumbers("1986 123") == "# #");
  CHECK(ShapeOfNumbers("1,234, 5") == "#, #");
  CHECK(ShapeOfNumbers("4.3.2031") == "#.#.#");
}

}  // namespace
}  // namespace storyfold
