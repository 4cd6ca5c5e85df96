#pragma once

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "support/corpus.h"

namespace storyfold {

using Lines = std::vector<std::string>;
using Strings = std::vector<std::string>;

inline const std::string kBody =
    "The harbour was closed for two days after a fire broke out in a store, "
    "and the ferries to the islands went from the old port instead.";
inline const std::string kHeading = "Read also";
inline const std::string kLong =
    "This closed line of eleven words stands on many a page.";
inline const std::string kOtherLong =
    "Another closed line that has just more than eight words here.";
inline const std::string kWire =
    "The ministers met behind closed doors on the northern island and agreed "
    "to meet again before the winter.";
inline const std::string kSaid =
    "The chairwoman said \"we have never seen a harvest as poor as this one in "
    "all our years\".";

// Closed lines of eleven words that nothing else repeats.
inline Lines Body(Random& random, size_t num_lines) {
  Lines lines;
  for (size_t i = 0; i < num_lines; ++i) {
    lines.push_back("Then " + RandomText(random, 10, 100'000'000) + ".");
  }
  return lines;
}

inline std::string Join(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

// Pages whose other lines are all different.
class Pages {
 public:
  // Adds a page: four lines of its own, `middle` (from line 5), four more.
  void Add(const Lines& middle, const std::string& source = "gazette",
           const std::string& title = "") {
    AddAround({}, middle, {}, source, title);
  }
  // `top` first, then as above, `bottom` last.
  void AddAround(const Lines& top, const Lines& middle, const Lines& bottom,
                 const std::string& source = "gazette",
                 const std::string& title = "") {
    Lines lines = top;
    std::ranges::move(Body(random_, 4), std::back_inserter(lines));
    std::ranges::copy(middle, std::back_inserter(lines));
    std::ranges::move(Body(random_, 4), std::back_inserter(lines));
    std::ranges::copy(bottom, std::back_inserter(lines));
    corpus_.Add({"", title, Join(lines), source});
  }

  // Adds a page of these lines.
  void AddOnly(const Lines& lines, const std::string& title = "") {
    corpus_.Add({"", title, Join(lines), "gazette"});
  }

  std::vector<FlaggedLine> Flag(std::vector<uint32_t> text_of = {},
                                const BoilerplateOptions& options = {}) const {
    if (text_of.empty()) {
      text_of.resize(corpus_.articles().size());
      std::iota(text_of.begin(), text_of.end(), 0);
    }
    return FlagLines(
        LineEvidence(ReadLines(corpus_.articles()), {text_of}, options));
  }

 private:
  Random random_{1};
  Corpus corpus_;
};

// "article:line class count" of each flag.
inline Strings Spelled(const std::vector<FlaggedLine>& flags) {
  Strings spelled;
  for (const FlaggedLine& f : flags) {
    spelled.push_back(std::to_string(f.article) + ":" + std::to_string(f.line) +
                      " " + LineClassName(f.line_class) + " " +
                      std::to_string(f.count));
  }
  return spelled;
}

// Those of the page "3:" that are teasers.
inline Strings SpelledTeasers(const std::vector<FlaggedLine>& flags,
                              const std::string& page) {
  Strings teasers;
  for (const std::string& flag : Spelled(flags)) {
    if (flag.starts_with(page) && flag.find("teaser") != flag.npos) {
      teasers.push_back(flag);
    }
  }
  return teasers;
}

}  // namespace storyfold
