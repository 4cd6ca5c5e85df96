#pragma once

#include <memory>
#include <string>

#include "storyfold/embedding.h"

namespace storyfold {

// Keeps the vectors of an embedder in a file, so that a text is embedded once.
// Vectors are written as they are made: a job that is killed loses none.
class VectorCache : public Embedder {
 public:
  // Opens or creates the file `path`, which grows up to 4 GiB. From where it is
  // damaged on it is written anew. A file of something else, another embedder's
  // vectors too, is left as it is and not used; one that cannot be written, or
  // is by another process, is only read: see problem().
  VectorCache(std::shared_ptr<Embedder> embedder, const std::string& path);
  ~VectorCache() override;
  VectorCache(const VectorCache&) = delete;
  VectorCache& operator=(const VectorCache&) = delete;

  const EmbedderInfo& info() const override { return embedder_->info(); }
  absl::Status Embed(std::span<const std::string> texts,
                     std::span<float> rows) override;

  // Returns what is wrong with the file, or an empty string.
  const std::string& problem() const { return problem_; }

 private:
  struct Storage;

  void Fail(const std::string& path, const char* what);

  std::shared_ptr<Embedder> embedder_;
  std::unique_ptr<Storage> storage_;
  std::string problem_;
};

}  // namespace storyfold
