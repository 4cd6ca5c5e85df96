#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace storyfold {

// Keeps copies of strings in blocks that grow from 4 KiB to 256 KiB; they live
// as long as the arena and do not move when it is moved. Not thread-safe.
class Arena {
 public:
  // Returns a copy of `bytes`.
  std::string_view Copy(std::string_view bytes) {
    if (bytes.empty()) return {};
    if (bytes.size() > room_) AddBlock(bytes.size());
    char* copy = next_;
    std::memcpy(copy, bytes.data(), bytes.size());
    next_ += bytes.size();
    room_ -= bytes.size();
    return {copy, bytes.size()};
  }

 private:
  static constexpr size_t kLargestBlock = size_t{1} << 18;

  void AddBlock(size_t needed) {
    const size_t size = std::max(needed, next_block_);
    next_block_ = std::min(next_block_ * 2, kLargestBlock);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    next_ = blocks_.back().get();
    room_ = size;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t room_ = 0;
  size_t next_block_ = size_t{1} << 12;
};

}  // namespace storyfold
