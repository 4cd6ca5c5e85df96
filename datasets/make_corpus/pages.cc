#include "pages.h"

#include <algorithm>

namespace storyfold {
namespace {

void AppendLine(std::string_view line, bool is_boilerplate, Page* page) {
  if (!page->lines.empty()) page->text += "\\n";
  const auto begin = static_cast<uint32_t>(page->text.size());
  page->text += line;
  const auto end = static_cast<uint32_t>(page->text.size());
  page->lines.push_back({begin, end, is_boilerplate});
}

// A line of the source with the slot values of one page; empty when a teaser
// has nothing to point at.
class LineFiller {
 public:
  LineFiller(const NewsSource& source, const Page& page, Random& random)
      : date_(DateText(page.published, source.date_form)),
        time_(ClockText(page.published)),
        year_(YearText(page.published)) {
    const auto pick = [&](const std::vector<std::string>& values) {
      const auto size = static_cast<uint32_t>(values.size());
      return std::string_view(values[random.Below(size)]);
    };
    slots_ = {{"{author}", pick(source.authors)},
              {"{section}", pick(source.sections)},
              {"{date}", date_},
              {"{time}", time_},
              {"{year}", year_}};
    if (source.recent_titles.empty()) return;
    const std::string_view title = pick(source.recent_titles);
    if (title != page.title) slots_.push_back({"{title}", title});
  }

  LineFiller(const LineFiller&) = delete;
  LineFiller& operator=(const LineFiller&) = delete;

  // The result lives until the next call.
  std::string_view Fill(const SourceLine& line) {
    filled_.clear();
    AppendFilled(line.text, slots_, &filled_);
    if (filled_.find("{title}") != std::string::npos) filled_.clear();
    return filled_;
  }

 private:
  std::string date_;
  std::string time_;
  std::string year_;
  std::vector<Slot> slots_;
  std::string filled_;
};

}  // namespace

void LayOut(const Body& body, const NewsSource& source, Random& random,
            Page* page) {
  page->text.clear();
  page->lines.clear();
  LineFiller filler(source, *page, random);
  const auto print = [&](const SourceLine& line) {
    const std::string_view filled = filler.Fill(line);
    if (!filled.empty()) AppendLine(filled, true, page);
  };

  // Body lines above the one middle line after another, in the page's order.
  size_t next_body_line = 0;
  const auto print_body_up_to = [&](size_t end) {
    for (; next_body_line < end; ++next_body_line) {
      AppendLine(body.Line(next_body_line), false, page);
    }
  };
  for (const SourceLine& line : source.lines) {
    if (!random.Chance(line.percent)) continue;
    if (line.place == Place::kMiddle) {
      const auto left = static_cast<uint32_t>(body.size() - next_body_line);
      print_body_up_to(next_body_line + std::min(left, random.Between(1, 4)));
    }
    if (line.place == Place::kEnd) print_body_up_to(body.size());
    print(line);
  }
  print_body_up_to(body.size());
}

void SetUrl(const NewsSource& source, uint64_t number, Page* page) {
  page->url = "https://";
  page->url += source.host;
  page->url += '/';
  page->url += DateText(page->published, 2);
  page->url += '/';
  for (const char c : page->title) {
    const auto lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'z') page->url += lower;
    if (c == ' ') page->url += '-';
  }
  page->url += '-';
  page->url += std::to_string(number);
}

void TakeBody(const Page& page, Body* body) {
  body->Clear();
  for (const PageLine& line : page.lines) {
    if (line.is_boilerplate) continue;
    body->text.append(page.text, line.begin, line.end - line.begin);
    body->line_ends.push_back(static_cast<uint32_t>(body->text.size()));
  }
}

void RememberTitle(const std::string& title, Random& random,
                   NewsSource* source) {
  std::vector<std::string>& titles = source->recent_titles;
  if (titles.size() < NewsSource::kRecentTitles) {
    titles.push_back(title);
  } else {
    titles[random.Below(NewsSource::kRecentTitles)] = title;
  }
}

}  // namespace storyfold
