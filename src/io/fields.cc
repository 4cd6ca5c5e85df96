#include "io/fields.h"

#include "base/string_view.h"

#include <iterator>

namespace storyfold {
namespace {

struct UsualName {
  FieldRole role;
  const char* name;
};

// As crawlers, feeds and news APIs name them; of one role the best first.
constexpr UsualName kUsualNames[] = {
    {FieldRole::kId, "id"},
    {FieldRole::kId, "_id"},
    {FieldRole::kId, "uuid"},
    {FieldRole::kId, "guid"},
    {FieldRole::kId, "doc_id"},
    {FieldRole::kId, "docid"},
    {FieldRole::kId, "article_id"},
    {FieldRole::kTitle, "title"},
    {FieldRole::kTitle, "headline"},
    {FieldRole::kText, "text"},
    {FieldRole::kText, "body"},
    {FieldRole::kText, "content"},
    {FieldRole::kText, "maintext"},
    {FieldRole::kText, "articleBody"},
    {FieldRole::kText, "article_body"},
    {FieldRole::kText, "full_text"},
    {FieldRole::kText, "fulltext"},
    {FieldRole::kText, "raw_text"},
    {FieldRole::kText, "plain_text"},
    {FieldRole::kText, "article"},
    {FieldRole::kText, "description"},
    {FieldRole::kText, "summary"},
    {FieldRole::kUrl, "url"},
    {FieldRole::kUrl, "link"},
    {FieldRole::kUrl, "href"},
    {FieldRole::kUrl, "canonical_url"},
    {FieldRole::kSource, "source"},
    {FieldRole::kSource, "outlet"},
    {FieldRole::kSource, "publisher"},
    {FieldRole::kSource, "source_name"},
    {FieldRole::kSource, "source_domain"},
    {FieldRole::kSource, "domain"},
    {FieldRole::kSource, "site"},
    {FieldRole::kSource, "host"},
    {FieldRole::kTime, "published"},
    {FieldRole::kTime, "published_at"},
    {FieldRole::kTime, "publishedAt"},
    {FieldRole::kTime, "date_published"},
    {FieldRole::kTime, "date_publish"},
    {FieldRole::kTime, "datePublished"},
    {FieldRole::kTime, "pubDate"},
    {FieldRole::kTime, "pub_date"},
    {FieldRole::kTime, "publish_date"},
    {FieldRole::kTime, "published_date"},
    {FieldRole::kTime, "date"},
    {FieldRole::kTime, "timestamp"},
    {FieldRole::kTime, "datetime"},
    {FieldRole::kTime, "time"},
    {FieldRole::kLanguage, "lang"},
    {FieldRole::kLanguage, "language"},
    {FieldRole::kLanguage, "locale"},
};

}  // namespace

FieldTable::FieldTable(const FieldNames& names)
    : given_{names.id,     names.title, names.text,     names.url,
             names.source, names.time,  names.language, names.vector} {
  for (size_t r = 0; r < kNumFieldRoles; ++r) {
    if (given_[r].empty()) continue;
    matches_.try_emplace(given_[r], FieldMatch{static_cast<FieldRole>(r), 0});
  }
  for (size_t rank = 0; rank < std::size(kUsualNames); ++rank) {
    const auto [role, name] = kUsualNames[rank];
    if (!given_[static_cast<size_t>(role)].empty()) continue;
    matches_.try_emplace(std::string(name), FieldMatch{role, rank});
  }
}

std::optional<FieldMatch> FieldTable::Find(std::string_view name) const {
  const auto found = matches_.find(ToAbsl(name));
  if (found == matches_.end()) return std::nullopt;
  return found->second;
}

std::string FieldTable::NameNotMet(FieldRoles met) const {
  for (const std::string& name : given_) {
    // One name may be given for two roles: the first of them has it.
    const std::optional<FieldMatch> match = Find(name);
    if (match && !met.test(static_cast<size_t>(match->role))) return name;
  }
  return {};
}

}  // namespace storyfold
