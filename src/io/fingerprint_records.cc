#include "io/fingerprint_records.h"

#include <absl/strings/str_format.h>

#include "io/json_text.h"

namespace storyfold {

void AppendFingerprint(std::string_view id,
                       const ArticleFingerprint& fingerprint,
                       const FingerprintFields& fields, std::string& out) {
  JsonObject json(out);
  json.Add("id", id);
  if (fields.words) json.Add("words", size_t{fingerprint.num_words});
  if (fields.simhash) {
    if (fingerprint.empty()) {
      json.AddNull("simhash");
    } else {
      json.Add("simhash", absl::StrFormat("%016x", fingerprint.simhash));
    }
  }
  const auto add_numbers = [&](std::string_view name, const auto& numbers) {
    if (fingerprint.empty()) {
      json.AddNull(name);
    } else {
      json.AddNumbers(name, numbers);
    }
  };
  if (fields.signature) add_numbers("signature", fingerprint.signature);
  if (fields.bands) add_numbers("bands", fingerprint.bands);
  json.Close();
  out += '\n';
}

}  // namespace storyfold
