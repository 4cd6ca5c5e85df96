#pragma once

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace storyfold {

// While it lives, parallel passes use at most `threads` threads; 0 means one
// for each CPU the process may use. Not nested.
class ThreadLimit {
 public:
  explicit ThreadLimit(size_t threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct Control;
  std::unique_ptr<Control> control_;
};

// Returns the number of threads a parallel pass may use now, at least 1.
size_t MaxThreads();

// Calls body(i) once for every i in [0, size), in any order, on several
// threads. `body` writes only to places owned by i.
template <typename Body>
void ParallelFor(size_t size, const Body& body) {
  tbb::parallel_for(size_t{0}, size, body);
}

// The same with a scratch object from `make_scratch()` that is reused by calls
// on one thread: body(i, scratch). What a call writes must not depend on what
// an earlier call left in the scratch.
template <typename MakeScratch, typename Body>
void ParallelForWithScratch(size_t size, const MakeScratch& make_scratch,
                            const Body& body) {
  tbb::enumerable_thread_specific<decltype(make_scratch())> scratches(
      make_scratch);
  tbb::parallel_for(tbb::blocked_range<size_t>(0, size),
                    [&](const tbb::blocked_range<size_t>& range) {
                      auto& scratch = scratches.local();
                      for (size_t i = range.begin(); i < range.end(); ++i) {
                        body(i, scratch);
                      }
                    });
}
template <typename Scratch, typename Body>
void ParallelForWithScratch(size_t size, const Body& body) {
  ParallelForWithScratch(
      size, [] { return Scratch(); }, body);
}

// The same where what the calls leave in the scratches is the result: returns
// them, in no fixed order, so only sums that do not depend on it may be made.
template <typename Scratch, typename Body>
std::vector<Scratch> ParallelPartialResults(size_t size, const Body& body) {
  tbb::enumerable_thread_specific<Scratch> parts;
  tbb::parallel_for(tbb::blocked_range<size_t>(0, size),
                    [&](const tbb::blocked_range<size_t>& range) {
                      Scratch& part = parts.local();
                      for (size_t i = range.begin(); i < range.end(); ++i) {
                        body(i, part);
                      }
                    });
  return {std::make_move_iterator(parts.begin()),
          std::make_move_iterator(parts.end())};
}

// Sorts by a total order: equal elements must be indistinguishable, so that
// the result does not depend on the number of threads.
template <typename Range, typename Less>
void ParallelSort(Range& range, const Less& less) {
  tbb::parallel_sort(range.begin(), range.end(), less);
}
template <typename Range>
void ParallelSort(Range& range) {
  // Without a function TBB looks for < in a concept, where g++ 13 fails on
  // that of std::tuple.
  ParallelSort(range, [](const auto& a, const auto& b) { return a < b; });
}

}  // namespace storyfold
