#include "boilerplate/judged_page.h"

#include <algorithm>

namespace storyfold {

JudgedPage::JudgedPage(const LineEvidence& evidence_of_all, ArticleId a)
    : evidence(evidence_of_all),
      options(evidence.options()),
      article(a),
      lines(evidence.table().keys.Row(a)),
      longest(LongestLine(lines)),
      counts(evidence.Counts(a)),
      reasons(lines.size()) {}

bool JudgedPage::AnyGoes() const {
  return std::ranges::any_of(
      reasons, [](LineReason reason) { return IsBoilerplate(reason); });
}

size_t JudgedPage::LastOfText() const {
  size_t last = longest;
  for (size_t n = longest; n < size(); ++n) {
    if (IsParagraph(n) && lines[n].closed && !Goes(n)) last = n;
  }
  return last;
}

}  // namespace storyfold
