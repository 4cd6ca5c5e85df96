#pragma once

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <span>
#include <string>

#include "base/string_view.h"
#include "storyfold/article.h"
#include "text/printable.h"

namespace storyfold {

// Returns "17 %" for 0.17.
inline std::string Percent(double share) {
  return absl::StrFormat("%.0f %%", 100 * share);
}

// What the writers of explanations have in common: a text that grows by lines,
// which are printable whatever articles say. The articles must outlive it.
class ExplainLines {
 protected:
  explicit ExplainLines(std::span<const Article> articles)
      : articles_(articles) {}

  template <typename... Parts>
  void Line(const Parts&... parts) {
    AppendPrintable(absl::StrCat(parts...), text_);
    text_ += '\n';
  }

  absl::string_view Id(ArticleId article) const {
    return ToAbsl(articles_[article].id);
  }

  std::span<const Article> articles_;
  std::string text_;
};

}  // namespace storyfold
