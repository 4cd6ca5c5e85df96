#include "stories/article_vectors.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>

#include "base/string_view.h"
#include "base/threads.h"
#include "embedding/lead_text.h"
#include "stories/languages.h"

namespace storyfold {
namespace {

// So many texts are in memory at a time.
constexpr size_t kBatch = 512;

void NoteProblem(const std::string& problem, DenseVectors& vectors) {
  if (vectors.problem.empty()) vectors.problem = problem;
}

std::vector<ArticleId> OriginalsOf(std::span<const ArticleId> representative) {
  std::vector<ArticleId> originals;
  for (ArticleId a = 0; a < representative.size(); ++a) {
    if (representative[a] == a) originals.push_back(a);
  }
  return originals;
}

void MakeRoom(size_t rows, size_t dimension, DenseVectors& vectors) {
  vectors.dimension = dimension;
  vectors.values.assign(rows * dimension, 0);
  vectors.known.assign(rows, 0);
}

// Returns the number of numbers that most vectors have, 0 if there are none; of
// equally many the larger, so that it does not depend on the order.
size_t UsualDimension(std::span<const Article> articles) {
  std::map<size_t, size_t> uses;
  for (const Article& article : articles) {
    if (!article.vector.empty()) ++uses[article.vector.size()];
  }
  size_t usual = 0;
  for (const auto& [dimension, count] : uses) {
    if (usual == 0 || count >= uses[usual]) usual = dimension;
  }
  return usual;
}

void CopyGiven(std::span<const Article> articles,
               std::span<const ArticleId> originals, size_t dimension,
               DenseVectors& vectors) {
  vectors.source = "given";
  MakeRoom(originals.size(), dimension, vectors);
  size_t num_left_out = 0;
  std::string reason;  // of the first
  for (size_t i = 0; i < originals.size(); ++i) {
    const Article& article = articles[originals[i]];
    if (article.vector.empty()) continue;
    if (article.vector.size() == dimension) {
      std::ranges::copy(article.vector, vectors.Row(i).begin());
      vectors.known[i] = ScaleToUnit(vectors.Row(i));
    }
    if (vectors.known[i] || num_left_out++ > 0) continue;
    reason =
        absl::StrCat("that of article ", ToAbsl(article.id),
                     article.vector.size() == dimension
                         ? std::string(" has no direction")
                         : absl::StrCat(" has ", article.vector.size(),
                                        " numbers, most have ", dimension));
  }
  if (num_left_out > 0) {
    NoteProblem(absl::StrCat(num_left_out, " left out: ", reason), vectors);
  }
}

bool Knows(const EmbedderInfo& info, std::string_view language) {
  return info.languages.empty() || language.empty() ||
         std::ranges::count(info.languages, language) > 0;
}

void EmbedOriginals(std::span<const Article> articles,
                    const RemovedLines& removed,
                    std::span<const ArticleId> originals, Embedder& embedder,
                    DenseVectors& vectors) {
  const EmbedderInfo& info = embedder.info();
  vectors.source = info.NameAndVersion();
  vectors.weights = info.weights;
  MakeRoom(originals.size(), info.dimension, vectors);
  const bool full_texts = HasManyLanguages(vectors);
  for (size_t begin = 0; begin < originals.size(); begin += kBatch) {
    const size_t size = std::min(kBatch, originals.size() - begin);
    std::vector<std::string> texts(size);
    ParallelForWithScratch<LeadTextReader>(
        size, [&](size_t k, LeadTextReader& reader) {
          const ArticleId a = originals[begin + k];
          if (!Knows(info, articles[a].language)) return;
          texts[k] = reader.Read(articles[a], removed.Of(a), info.max_words);
          if (!full_texts && reader.num_words() >= kFullTextWords) {
            texts[k].clear();
          }
        });
    const absl::Status status = embedder.Embed(
        texts, {vectors.Row(begin).data(), size * info.dimension});
    if (!status.ok()) {
      NoteProblem(std::string(FromAbsl(status.message())), vectors);
    }
    for (size_t k = 0; k < size; ++k) {
      vectors.known[begin + k] = ScaleToUnit(vectors.Row(begin + k));
    }
  }
}

}  // namespace

bool HasManyLanguages(const DenseVectors& vectors) {
  return std::ranges::any_of(vectors.languages, [&](std::string_view language) {
    return language != vectors.languages[0];
  });
}

float DotProduct(std::span<const float> a, std::span<const float> b) {
  assert(a.size() == b.size());
  std::array<float, 8> sums = {};
  size_t k = 0;
  for (; k + sums.size() <= a.size(); k += sums.size()) {
    for (size_t lane = 0; lane < sums.size(); ++lane) {
      sums[lane] += a[k + lane] * b[k + lane];
    }
  }
  for (; k < a.size(); ++k) sums[0] += a[k] * b[k];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
         ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

bool ScaleToUnit(std::span<float> vector) {
  double squares = 0;
  for (const float x : vector) squares += double{x} * x;
  const double length = std::sqrt(squares);
  const bool fits = std::isfinite(length) && length > 0;
  for (float& x : vector) x = fits ? static_cast<float>(x / length) : 0;
  return fits;
}

DenseVectors CollectVectors(std::span<const Article> articles,
                            const RemovedLines& removed,
                            std::span<const ArticleId> representative,
                            Embedder* embedder) {
  const std::vector<ArticleId> originals = OriginalsOf(representative);
  const size_t given_dimension = UsualDimension(articles);
  const bool are_given = given_dimension > 0;
  DenseVectors vectors;
  if (originals.empty() || (!are_given && embedder == nullptr)) return vectors;
  vectors.languages = LanguagesOf(articles, originals);
  if (are_given) {
    CopyGiven(articles, originals, given_dimension, vectors);
  } else {
    EmbedOriginals(articles, removed, originals, *embedder, vectors);
  }
  const bool any = std::ranges::count(vectors.known, 1) > 0;
  if (!any) vectors.known.clear();
  return vectors;
}

}  // namespace storyfold
