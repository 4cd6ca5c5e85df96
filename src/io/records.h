#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "io/json_text.h"
#include "storyfold/article.h"
#include "storyfold/crawl.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// How outputs name an article's results.
//
// Both ids are those of articles, so that they can be looked up, and do not
// depend on the order of the input: a cluster is named by its representative,
// a story by its earliest report (of several, the one with the least id).
std::string_view ClusterName(const Crawl& crawl,
                             const DuplicateClusters& copies,
                             ArticleId article);
std::string_view StoryName(const Crawl& crawl, const Story& story);

// Adds a time as text, or null where there is none.
void AddTime(std::string_view name, std::optional<int64_t> time,
             JsonObject& json);

// Adds the cluster of copies that an article is in, what it is a copy of, if it
// is one, and how alike they are.
void AddCopy(const Crawl& crawl, const DuplicateClusters& copies,
             ArticleId article, JsonObject& json);

// Appends the record of `article` as a line: byte for byte what was read, plus
// one key "storyfold" with the JSON `value`.
void AppendMarkedRecord(std::string_view record, std::string_view value,
                        std::string& out);

// Appends the value of that key for one article, as a JSON object.
// `line_numbers`: its boilerplate lines.
void AppendArticleResult(const Crawl& crawl, const Folding& folding,
                         ArticleId article,
                         std::span<const uint32_t> line_numbers,
                         std::string& out);

// Append a line of JSON.
void AppendStory(const Crawl& crawl, const Story& story, std::string& out);
void AppendSourceReport(const Crawl& crawl, const SourceReport& report,
                        std::string& out);
void AppendRejection(const Rejection& rejection, std::string& out);

// Calls write(json_line) for each of `lines`, in order.
// REQUIRES: lines are ordered by article, then line
void ForEachFlaggedLine(const Crawl& crawl, std::span<const FlaggedLine> lines,
                        const std::function<void(std::string_view)>& write);

}  // namespace storyfold
