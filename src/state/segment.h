#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "state/segment_block.h"
#include "storyfold/article.h"

namespace storyfold {

// Returns the bytes of a segment: see src/state/README.md. The same on every
// machine of the same byte order. REQUIRES: fewer than 2^32 articles
std::string PackSegment(std::span<const SegmentArticle> articles);

// Articles read back; views point into `storage`.
struct StoredArticles {
  std::vector<Article> articles;
  std::vector<std::string_view> records;  // empty unless asked for
  std::vector<std::unique_ptr<std::string>> storage;
};

// A file of articles that is never changed. Every part, and every block of
// articles, has a checksum that is looked at before it is read. Thread-safe.
class Segment {
 public:
  // Errors (DataLoss): "PATH: what is wrong"; NotFound where it is missing;
  // FailedPrecondition where its version is not known.
  static absl::StatusOr<Segment> Open(const std::string& path);

  // As many as the blocks can hold.
  uint32_t num_articles() const { return num_articles_; }
  std::string_view bytes() const { return bytes_; }

  // Returns the articles at the given places, in that order. In parallel.
  // Errors (DataLoss). REQUIRES: places are ascending, each once
  absl::StatusOr<StoredArticles> Read(std::span<const uint32_t> places,
                                      bool with_records) const;

  // The tables of keys: of bands, and of the least 3-grams of each text
  // (key_table.h). A segment of version 1 has all 3-grams that are sampled.
  enum class Keys { kBands = 2, kShingles };

  // Returns a table. Of a file made to do harm it may be in disorder, which
  // costs half as much to look at as to search it: who searches one may then
  // miss keys. Errors (DataLoss).
  absl::StatusOr<std::span<const uint64_t>> Table(Keys keys) const;
  bool HasAllShingles() const { return version_ == 1; }

  // Looks at every byte, and unpacks everything. Errors (DataLoss).
  absl::Status Verify() const;

  // Gives the pages that were read back to the system.
  void Release() const { file_->Release(); }

  // Where a section begins, its bytes and their hash.
  struct Section {
    uint64_t offset = 0;
    uint64_t size = 0;
    uint64_t checksum = 0;
  };
  static constexpr size_t kNumSections = 4;
  // What a file begins with.
  struct Header {
    char magic[8] = {};
    uint32_t version = 0;
    uint32_t num_articles = 0;
    Section sections[kNumSections];
    uint64_t checksum = 0;  // of what stands before it
  };

 private:
  Segment(std::string path, std::shared_ptr<const MappedFile> file)
      : path_(std::move(path)),
        file_(std::move(file)),
        bytes_(file_->bytes()) {}

  absl::Status ReadHeader();
  absl::Status ReadIndex();
  absl::StatusOr<std::string_view> CheckedSection(size_t number) const;
  std::string_view Packed(const SegmentBlock& block) const;
  bool IsIntact(const SegmentBlock& block) const;
  absl::Status Damaged(std::string_view what) const;

  std::string path_;
  std::shared_ptr<const MappedFile> file_;
  std::string_view bytes_;
  uint32_t version_ = 0;
  uint32_t num_articles_ = 0;
  std::vector<Section> sections_;
  std::vector<SegmentBlock> blocks_;
};

}  // namespace storyfold
