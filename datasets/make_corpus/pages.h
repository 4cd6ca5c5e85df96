#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dates.h"
#include "prose.h"
#include "random.h"
#include "sources.h"

namespace storyfold {

struct PageLine {
  uint32_t begin;  // offsets in Page::text
  uint32_t end;
  bool is_boilerplate;
};

// An article as its source prints it.
struct Page {
  uint32_t source = 0;
  Moment published = 0;
  std::string title;
  std::string url;
  std::string text;  // lines with the two bytes \n between them
  std::vector<PageLine> lines;
};

// Sets the page's text and lines: the body with the source's own lines around
// and inside it.
// REQUIRES: title and published are set
void LayOut(const Body& body, const NewsSource& source, Random& random,
            Page* page);

// Sets the page's URL from its host, day, title and article number.
void SetUrl(const NewsSource& source, uint64_t number, Page* page);

// Sets `body` to the page's lines that are not boilerplate.
void TakeBody(const Page& page, Body* body);

// Makes the title one that later pages of the source may point at.
void RememberTitle(const std::string& title, Random& random,
                   NewsSource* source);

}  // namespace storyfold
