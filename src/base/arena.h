#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace storyfold {

// Keeps strings in blocks that grow from 4 KiB to 2 MiB; they live as long as
// the arena and do not move when it is moved. Not thread-safe.
class Arena {
 public:
  // Returns a copy of `bytes`.
  std::string_view Copy(std::string_view bytes) {
    if (bytes.empty()) return {};
    char* copy = Reserve(bytes.size());
    std::memcpy(copy, bytes.data(), bytes.size());
    return Commit(bytes.size());
  }

  // Returns room for at least `size` bytes, good until the next call.
  char* Reserve(size_t size) {
    if (size > room_) AddBlock(size);
    return next_;
  }

  // Keeps the first `size` bytes of the room reserved last.
  std::string_view Commit(size_t size) {
    const std::string_view kept(next_, size);
    next_ += size;
    room_ -= size;
    return kept;
  }

 private:
  struct Free {
    void operator()(char* block) const { std::free(block); }
  };

  void AddBlock(size_t needed);

  std::vector<std::unique_ptr<char, Free>> blocks_;
  char* next_ = nullptr;
  size_t room_ = 0;
  size_t next_block_ = size_t{1} << 12;
};

}  // namespace storyfold
