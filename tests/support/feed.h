#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace storyfold {

inline const std::string kSample = STORYFOLD_SAMPLE "/articles.jsonl";

// The texts of the feed below.
inline const std::string kFerry =
    "The night ferry to Ansel ran aground off the breakwater on Monday evening "
    "with forty people on board and nobody was hurt.";
inline const std::string kBank =
    "The central bank of Corvane left its interest rate at four percent on "
    "Tuesday, saying that prices rise more slowly than in winter.";

// A report, a copy of it elsewhere, and a report of something else, each
// without the brace at its end; the spacing differs, to be kept.
inline const std::string kA =
    R"({"id":"a","title":"Ferry aground","text":"Menu\n)" + kFerry +
    R"(","source":"h.example","published":"2031-03-04T14:05:00Z","lang":"en")";
inline const std::string kB =
    R"({ "id" : "b", "title":"Ferry stuck", "text": ")" + kFerry +
    R"(", "source":"q.example","published":1930403100 )";
inline const std::string kC =
    R"({"id":"c","title":"Bank keeps rate","text":")" + kBank +
    R"(","extra":[1,2.50,{"x":null}],"source":"h.example")";
inline const std::string kFeed = kA + "}\n" + kB + "}\n" + kC + "}\n";

// Returns a record with a line end.
std::string Record(const std::string& id, const std::string& text = "a text");

// Records r0, r1, ... that do not compress to nothing.
std::string ManyRecords(size_t count);

// Runs a command with --quiet on a feed and returns what it prints; it must
// succeed in silence.
std::string Output(std::vector<std::string> arguments,
                   const std::string& feed = kFeed);

// Returns the number of line ends.
size_t CountLines(const std::string& text);

// Returns the lines of `text`, each of which must have an end.
std::vector<std::string> LinesOf(const std::string& text);

}  // namespace storyfold
