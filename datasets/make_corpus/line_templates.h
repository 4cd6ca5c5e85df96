#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace storyfold {

enum class Place : uint8_t { kTop, kMiddle, kEnd };

// A line that a news site prints around its articles.
//
// Slots in braces are filled once per source ({outlet} {city} {word} {editor})
// or on each page ({author} {date} {time} {year} {section} {title}).
struct LineTemplate {
  uint8_t family;  // a source has at most one line of each family
  Place place;
  std::string_view text;
};

inline constexpr uint8_t kLineFamilies = 14;

// Returns all templates in the order in which a page prints them.
std::span<const LineTemplate> LineTemplates();

}  // namespace storyfold
