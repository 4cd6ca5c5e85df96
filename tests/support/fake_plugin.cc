// A plug-in that needs no runtime: the vector of a text counts its letters
// a to h, so that tests can say what is alike. A text with "FAIL" fails, one
// with "NAN" gives no numbers.

#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

#include "embedding/plugin.h"

struct StoryfoldModel {
  uint32_t dimension;
};

namespace {

StoryfoldModel* Open(const StoryfoldModelSettings* settings, char* error,
                     size_t error_size) {
  if (settings->dimension != 8) {
    std::snprintf(error, error_size, "the fake has 8 dimensions, not %u",
                  settings->dimension);
    return nullptr;
  }
  return new StoryfoldModel{settings->dimension};
}

int Embed(StoryfoldModel* model, const char* text, size_t size, float* vector,
          char* error, size_t error_size) {
  const std::string_view view(text, size);
  if (view.find("FAIL") != std::string_view::npos) {
    std::snprintf(error, error_size, "told to fail");
    return 1;
  }
  for (uint32_t d = 0; d < model->dimension; ++d) vector[d] = 0.01f;
  for (const char c : view) {
    if (c >= 'a' && c < 'i') vector[c - 'a'] += 1;
  }
  if (view.find("NAN") != std::string_view::npos) vector[0] = std::nanf("");
  return 0;
}

void Close(StoryfoldModel* model) { delete model; }

}  // namespace

extern "C" [[gnu::visibility("default")]] const StoryfoldPlugin*
storyfold_plugin() {
  static const StoryfoldPlugin kPlugin = {STORYFOLD_PLUGIN_VERSION, Open, Embed,
                                          Close};
  return &kPlugin;
}
