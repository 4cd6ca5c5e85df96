#include "nights.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace storyfold {
namespace {

constexpr uint32_t kLatePerThousand = 20;
constexpr uint32_t kTimelessPerThousand = 2;
constexpr uint32_t kWrongPerThousand = 2;

std::string NightPath(const std::string& folder, uint32_t night) {
  const std::string digits = std::to_string(1000 + night).substr(1);
  return folder + "/night-" + digits + ".jsonl";
}

}  // namespace

CrawlFiles::CrawlFiles(const CorpusOptions& options)
    : is_stream_(options.num_nights > 0),
      random_(options.seed, RandomStream::kNights) {
  if (!is_stream_) {
    files_.push_back(std::make_unique<OutputFile>(options.output_path));
  }
  if (is_stream_) {
    std::error_code ignored;  // opening the files says what is wrong
    std::filesystem::create_directories(options.output_path, ignored);
  }
  for (uint32_t night = 1; night <= options.num_nights; ++night) {
    files_.push_back(
        std::make_unique<OutputFile>(NightPath(options.output_path, night)));
  }
}

CrawlFiles::Place CrawlFiles::PlaceOf(Moment published) {
  if (!is_stream_) return {files_[0].get(), IsoTime(published)};
  auto night = static_cast<size_t>(published / kSecondsPerDay);
  const uint32_t draw = random_.Below(1000);
  std::string stated = IsoTime(published);
  if (draw < kLatePerThousand) {
    night += random_.Between(1, 2);
  } else if (draw < kLatePerThousand + kTimelessPerThousand) {
    stated.clear();
  } else if (draw <
             kLatePerThousand + kTimelessPerThousand + kWrongPerThousand) {
    stated =
        random_.Chance(50) ? "1970-01-01T00:00:00Z" : "2099-12-31T23:59:59Z";
  }
  return {files_[std::min(night, files_.size() - 1)].get(), std::move(stated)};
}

void CrawlFiles::Close() {
  for (const auto& file : files_) file->Close();
}

std::string CrawlFiles::error() const {
  for (const auto& file : files_) {
    if (!file->error().empty()) return file->error();
  }
  return {};
}

uint64_t CrawlFiles::num_bytes() const {
  uint64_t bytes = 0;
  for (const auto& file : files_) bytes += file->num_bytes();
  return bytes;
}

}  // namespace storyfold
