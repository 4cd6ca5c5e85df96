# embed_file(FILE SOURCE HEADER FUNCTION): writes the C++ source SOURCE, in
# which FUNCTION, declared in HEADER, returns the bytes of FILE.
function(embed_file file source header function)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n"
         hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include \"@header@\"

namespace storyfold {
namespace {

constexpr unsigned char kBytes[] = {
@bytes@};

}  // namespace

std::string_view @function@() {
  return {reinterpret_cast<const char*>(kBytes), sizeof(kBytes)};
}

}  // namespace storyfold
")
endfunction()
