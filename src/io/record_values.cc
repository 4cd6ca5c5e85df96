// Which of the fields of a record count, and the article they make. A crawler
// may write {"body": {...}, "content": "the text"}: a field of a type that its
// role cannot have is passed over where another usual name has a value, and an
// error where none has.
//
// Tested by: tests/io/record_parser_test.cc

#include "io/record_values.h"

#include <absl/strings/str_cat.h>

#include <string>

#include "base/string_view.h"
#include "io/times.h"

namespace storyfold {
namespace {

constexpr size_t kUnset = ~size_t{0};

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

// Returns `url`'s host in lower case without "www.", or nothing.
std::string HostOf(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  const size_t user = host.rfind('@');
  if (user != std::string_view::npos) host.remove_prefix(user + 1);
  host = host.substr(0, host.find(':'));
  const std::string lower = LowerAscii(host);
  return lower.starts_with("www.") ? lower.substr(4) : lower;
}

// Returns the language part of a tag in lower case: "en" of "en-GB". Full
// names ("English") are kept as they are, in lower case.
std::string LanguageOf(std::string_view tag) {
  return LowerAscii(tag.substr(0, tag.find_first_of("-_")));
}

}  // namespace

RecordValues::RecordValues() {
  rank_.fill(kUnset);
  wrong_rank_.fill(kUnset);
}

void RecordValues::Set(FieldMatch match, std::string_view value) {
  const auto role = static_cast<size_t>(match.role);
  rank_[role] = match.rank;
  text_[role] = value;
}

void RecordValues::SetWrong(FieldMatch match, std::string_view name) {
  const auto role = static_cast<size_t>(match.role);
  if (match.rank >= wrong_rank_[role]) return;
  wrong_rank_[role] = match.rank;
  wrong_name_[role] = name;
}

bool RecordValues::IsSet(size_t role) const { return rank_[role] != kUnset; }

bool RecordValues::HasWrong(size_t role) const {
  return wrong_rank_[role] != kUnset && !IsSet(role);
}

absl::Status RecordValues::TypeStatus() const {
  for (const FieldRole needed :
       {FieldRole::kId, FieldRole::kTitle, FieldRole::kText}) {
    const auto role = static_cast<size_t>(needed);
    if (!HasWrong(role)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("\"", ToAbsl(wrong_name_[role]), "\" is not a string"));
  }
  return absl::OkStatus();
}

Article RecordValues::ToArticle(Arena& arena) const {
  Article article;
  article.id = Get(FieldRole::kId);
  if (article.id.empty()) article.id = arena.Copy(own_id);
  article.title = Get(FieldRole::kTitle);
  article.text = Get(FieldRole::kText);
  article.url = Get(FieldRole::kUrl);
  article.source = Get(FieldRole::kSource);
  if (article.source.empty()) article.source = arena.Copy(HostOf(article.url));
  article.language = arena.Copy(LanguageOf(Get(FieldRole::kLanguage)));
  const std::string_view time = Get(FieldRole::kTime);
  if (!time.empty()) article.published = ParseTime(time);
  article.vector = vector;
  return article;
}

bool RecordValues::HasUnreadableTime(const Article& article) const {
  const auto role = static_cast<size_t>(FieldRole::kTime);
  return !article.published && (IsSet(role) || HasWrong(role));
}

}  // namespace storyfold
