#include "line_templates.h"

namespace storyfold {
namespace {

constexpr LineTemplate kTemplates[] = {
    // Section label.
    {0, Place::kTop, "{section}"},
    {0, Place::kTop, "Home > {section}"},
    {0, Place::kTop, "{outlet} | {section}"},
    // Byline box.
    {1, Place::kTop, "By {author}"},
    {1, Place::kTop, "By {author}, {outlet}"},
    {1, Place::kTop, "{author} — {city}"},
    {1, Place::kTop, "Written by {author}, {section} correspondent"},
    // Date line.
    {2, Place::kTop, "{date}"},
    {2, Place::kTop, "Published {date}, {time}"},
    {2, Place::kTop, "Updated: {date} at {time}"},
    {2, Place::kTop, "Last updated {date} | {time}"},
    // Tools.
    {3, Place::kTop, "Share this article on {word}"},
    {3, Place::kTop, "Listen to this article"},
    {3, Place::kTop, "Print | E-mail | Save for later"},
    // Advertisement.
    {4, Place::kMiddle, "Advertisement"},
    {4, Place::kMiddle, "Story continues below this advertisement"},
    {4, Place::kMiddle, "ADVERTISEMENT - {outlet} is supported by its readers"},
    // Teaser.
    {5, Place::kMiddle, "Read also: {title}"},
    {5, Place::kMiddle, "READ MORE: {title}"},
    {5, Place::kMiddle, "See also | {title}"},
    // Picture.
    {6, Place::kMiddle, "Photo: {outlet} / {author}"},
    {6, Place::kMiddle, "(Image: {word} Pictures)"},
    // Newsletter plea.
    {7, Place::kMiddle,
     "Sign up for the {outlet} newsletter and get the day's top stories in "
     "your inbox every morning."},
    {7, Place::kEnd,
     "Enjoying this story? Subscribe to {outlet} from only $1 a week and never "
     "miss what happens in {city}."},
    {7, Place::kEnd,
     "Get our free \\\"{word}\\\" briefing: all you need to know before "
     "breakfast. Enter your e-mail address below."},
    // Second teaser.
    {8, Place::kEnd, "Read also: {title}"},
    {8, Place::kEnd, "More from {section}: {title}"},
    {8, Place::kEnd, "Next: {title}"},
    // Editor.
    {9, Place::kEnd, "Reporting by {author}; editing by {editor}"},
    {9, Place::kEnd, "Edited by: {editor}"},
    {9, Place::kEnd, "{author} covers {section} for {outlet}."},
    // Comments.
    {10, Place::kEnd, "Leave a comment"},
    {10, Place::kEnd, "What do you think? Join the conversation at {outlet}."},
    {10, Place::kEnd, "Comments are closed."},
    // Contact.
    {11, Place::kEnd,
     "Do you have a story for us? Write to {editor} at {outlet}, {city}."},
    {11, Place::kEnd, "Follow {outlet} on {word} and {word}"},
    {11, Place::kEnd,
     "Download the {outlet} app for the latest news from {city} and beyond."},
    // Disclaimer.
    {12, Place::kEnd,
     "The views expressed here are those of the author and do not necessarily "
     "reflect those of {outlet}."},
    {12, Place::kEnd,
     "{outlet} is not responsible for the content of external sites."},
    {12, Place::kEnd,
     "This material may not be published, broadcast, rewritten or "
     "redistributed without the written consent of {outlet} {word} Group."},
    // Copyright.
    {13, Place::kEnd, "© {year} {outlet}. All rights reserved."},
    {13, Place::kEnd, "Copyright {date} {outlet}, {city}"},
    {13, Place::kEnd, "© {outlet} {year} | Published on {date}"},
};

}  // namespace

std::span<const LineTemplate> LineTemplates() { return kTemplates; }

}  // namespace storyfold
