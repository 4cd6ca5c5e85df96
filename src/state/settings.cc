// Each setting is a row for the night from which on it holds, so the table is
// the log of its changes, too. The usual ones are written with the first night:
// a later version with other defaults goes on as the state began.
//
// Tested by: tests/state/settings_test.cc

#include "state/settings.h"

#include <absl/strings/str_cat.h>

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <type_traits>

#include "base/hash.h"
#include "storyfold/word_table.h"

namespace storyfold {
namespace {

constexpr double kUsualWindowDays = 7;
constexpr const char* kWords = "words";
constexpr const char* kModel = "model";

// A setting that is a number.
struct NumberSetting {
  const char* name;
  const char* flag;  // what people call it
  std::optional<double> (*get)(const StateSettings&);
  bool (*set)(double, StateSettings&);  // false: out of range
};

template <auto kMember>
constexpr NumberSetting Number(const char* name, const char* flag) {
  using Value = std::remove_cvref_t<decltype(*(StateSettings().*kMember))>;
  return {name, flag,
          [](const StateSettings& settings) -> std::optional<double> {
            if (!(settings.*kMember)) return std::nullopt;
            return static_cast<double>(*(settings.*kMember));
          },
          [](double value, StateSettings& settings) {
            if (std::isnan(value)) return false;
            if (std::is_integral_v<Value> &&
                !(value >= 0 &&
                  value <= double{std::numeric_limits<uint32_t>::max()})) {
              return false;
            }
            settings.*kMember = static_cast<Value>(value);
            return true;
          }};
}

constexpr NumberSetting kNumbers[] = {
    Number<&StateSettings::window_days>("window_days", "--window"),
    Number<&StateSettings::granularity>("granularity", "--granularity"),
    Number<&StateSettings::min_similarity>("min_similarity",
                                           "--min-similarity"),
    Number<&StateSettings::max_bucket>("max_bucket", "--max-bucket"),
    Number<&StateSettings::min_texts>("min_texts", "--min-texts")};

StateSettings UsualSettings() {
  const PipelineOptions usual;
  StateSettings settings;
  settings.window_days = kUsualWindowDays;
  settings.granularity = usual.stories.granularity;
  settings.min_similarity = usual.duplicates.min_cluster_similarity;
  settings.max_bucket = usual.duplicates.max_bucket;
  settings.min_texts = usual.boilerplate.min_texts;
  settings.model = "";
  return settings;
}

// The settings as the table has them.
class StoredSettings {
 public:
  explicit StoredSettings(Database& database)
      : read_(database.Prepare("SELECT value FROM settings WHERE setting = ? "
                               "ORDER BY night DESC LIMIT 1")),
        write_(database.Prepare("INSERT OR REPLACE INTO settings "
                                "(setting, night, value) VALUES (?, ?, ?)")) {}

  // NaN, which SQLite does not store, where the value is no number.
  std::optional<double> Number(std::string_view name) {
    read_.With(name);
    if (!read_.Next()) return std::nullopt;
    return read_.IsNumber(0) ? read_.Real(0)
                             : std::numeric_limits<double>::quiet_NaN();
  }
  std::optional<std::string> Text(std::string_view name) {
    read_.With(name);
    return read_.Next() ? std::optional(std::string(read_.Text(0)))
                        : std::nullopt;
  }
  template <typename Value>
  void Write(std::string_view name, int64_t night, const Value& value) {
    write_.With(name, night, value).Run();
  }

 private:
  Statement read_;
  Statement write_;
};

absl::Status Damaged(std::string_view name) {
  return absl::DataLossError(
      absl::StrCat("state.db: damaged: the setting ", std::string(name)));
}

void WriteModel(const std::string& model, int64_t night, StoredSettings& stored,
                std::vector<std::string>& changes) {
  const std::string before = stored.Text(kModel).value_or("");
  if (before == model) return;
  stored.Write(kModel, night, model);
  if (night == 1) return;
  changes.push_back(model.empty()
                        ? absl::StrCat("--no-model (was ", before, ")")
                        : absl::StrCat("--model ", model, " (was none)"));
}

}  // namespace

absl::StatusOr<StateSettings> ReadSettings(Database& database) {
  StateSettings settings = UsualSettings();
  StoredSettings stored(database);
  for (const NumberSetting& number : kNumbers) {
    const auto value = stored.Number(number.name);
    if (value && !number.set(*value, settings)) return Damaged(number.name);
  }
  if (const auto text = stored.Text(kWords)) {
    auto words = ParseWords(*text);
    if (!words.ok()) return Damaged(kWords);
    settings.words = *std::move(words);
  }
  if (auto model = stored.Text(kModel)) settings.model = *std::move(model);
  if (!database.ok()) return database.status();
  const auto options = PipelineOptionsOf(settings);
  return options.ok() ? absl::StatusOr<StateSettings>(std::move(settings))
                      : Damaged(std::string(options.status().message()));
}

StateSettings Override(const StateSettings& before,
                       const StateSettings& given) {
  StateSettings settings = before;
  for (const NumberSetting& number : kNumbers) {
    if (const auto value = number.get(given)) number.set(*value, settings);
  }
  if (given.words) {
    // As they will be read back.
    const auto words = ParseWords(FormatWords(*given.words));
    settings.words = words.ok() ? *words : *given.words;
  }
  return settings;
}

std::vector<std::string> WriteSettings(const StateSettings& settings,
                                       int64_t night, Database& database) {
  std::vector<std::string> changes;
  StoredSettings stored(database);
  for (const NumberSetting& number : kNumbers) {
    const double value = number.get(settings).value_or(0);
    const auto before = stored.Number(number.name);
    if (before == value) continue;
    stored.Write(number.name, night, value);
    if (before) {
      changes.push_back(
          absl::StrCat(number.flag, " ", value, " (was ", *before, ")"));
    }
  }
  WriteModel(settings.model.value_or(""), night, stored, changes);
  if (!settings.words) return changes;
  const std::string words = FormatWords(*settings.words);
  const auto before = stored.Text(kWords);
  if (before == words) return changes;
  stored.Write(kWords, night, words);
  if (before || night > 1)
    changes.emplace_back("--words other ones than before");
  return changes;
}

std::string ModelName(const Embedder* embedder) {
  if (embedder == nullptr) return "";
  const EmbedderInfo& info = embedder->info();
  std::string name = info.NameAndVersion();
  if (!info.fingerprint.empty()) {
    // It may be as long as a manifest.
    absl::StrAppend(&name, " (", absl::Hex(HashBytes(info.fingerprint)), ")");
  }
  return name;
}

absl::Status CheckModel(const std::string& name, const Embedder* embedder) {
  const std::string given = ModelName(embedder);
  if (given == name) return absl::OkStatus();
  if (name.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the state goes by words alone, not by ", given));
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "the state goes by the model ", name,
      given.empty() ? ", and none is installed or given: --model names its "
                      "folder"
                    : absl::StrCat(", not by ", given),
      "; a night with --no-model goes on by words alone, and the next may "
      "begin another model"));
}

absl::StatusOr<PipelineOptions> PipelineOptionsOf(
    const StateSettings& settings) {
  PipelineOptions options;
  options.stories.window_days = settings.window_days.value_or(kUsualWindowDays);
  if (!(options.stories.window_days > 0)) {
    return absl::InvalidArgumentError(
        "the window of a state must be more than 0 days");
  }
  options.stories.granularity =
      settings.granularity.value_or(options.stories.granularity);
  options.duplicates.min_cluster_similarity = settings.min_similarity.value_or(
      options.duplicates.min_cluster_similarity);
  options.duplicates.max_bucket =
      settings.max_bucket.value_or(options.duplicates.max_bucket);
  options.boilerplate.min_texts =
      settings.min_texts.value_or(options.boilerplate.min_texts);
  if (settings.words) {
    options.stories.words =
        std::make_shared<const WordTable>(std::span(*settings.words));
  }
  const absl::Status valid = Validate(options);
  if (!valid.ok()) return valid;
  return options;
}

}  // namespace storyfold
