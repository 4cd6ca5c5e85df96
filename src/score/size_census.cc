// Reduces two clusterings to counts of sizes.
//
// Problem.  The usual way to compare clusterings is the contingency table: a
// row for each gold cluster, a column for each predicted one, the number of
// shared items in the cell.  With 500 k clusters on each side it has 2.5e11
// cells, nearly all zero, and any sum over it must fix an order to be
// reproducible.
//
// Idea.  No score looks at which cluster is which: each is a sum over cells of
// a function of the row total, the column total and the cell.  So it is enough
// to know how often each (row total, column total, cell) occurs.  For
//
//   gold       A A A B B C        A shares 2 items with x and 1 with y,
//   predicted  x x y y y z        B shares 2 with y, C shares 1 with z
//
// the cells (gold size, predicted size, shared) are (3,2,2) (3,3,1) (2,3,2)
// (1,1,1), each once.  A million items in half a million clusters have a few
// hundred distinct triples, and being sorted by value they give every later
// sum an order that no renaming of clusters can change.
//
// How.  Sort the (gold, predicted) label pairs: equal neighbours are a cell.
// Sort the cells by one label: the cells of a cluster are neighbours, and
// their sum is its size.  Then count equal sizes and equal triples, sorted
// again.  Sorting rather than hashing: no order comes out of a hash table, and
// the worst case is the usual case.
//
// Cost.  O(n log n) time; 8 bytes an item and 20 a non-empty cell, of which
// there are at most n.
//
// Tested by the brute-force oracles of tests/score/score_test.cc.

#include "score/size_census.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <tuple>
#include <utility>

namespace storyfold {
namespace {

struct Cell {
  uint32_t gold = 0;
  uint32_t predicted = 0;
  uint32_t shared = 0;
  uint32_t gold_size = 0;
  uint32_t predicted_size = 0;
};

// Returns the non-empty cells of the contingency table, sizes not yet filled.
std::vector<Cell> CountSharedItems(std::span<const uint32_t> gold,
                                   std::span<const uint32_t> predicted) {
  std::vector<uint64_t> keys(gold.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    keys[i] = uint64_t{gold[i]} << 32 | predicted[i];
  }
  std::ranges::sort(keys);

  std::vector<Cell> cells;
  cells.reserve(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i == 0 || keys[i] != keys[i - 1]) {
      cells.push_back({.gold = static_cast<uint32_t>(keys[i] >> 32),
                       .predicted = static_cast<uint32_t>(keys[i])});
    }
    ++cells.back().shared;
  }
  return cells;
}

// Sets `size` of each cell to the items in the cluster that `label` names.
// Returns the size of every cluster.
std::vector<uint32_t> FillSizes(std::vector<Cell>& cells, uint32_t Cell::*label,
                                uint32_t Cell::*size) {
  std::ranges::sort(cells, {}, label);
  std::vector<uint32_t> sizes;
  for (size_t begin = 0, end = 0; begin < cells.size(); begin = end) {
    uint32_t items = 0;
    while (end < cells.size() && cells[end].*label == cells[begin].*label) {
      items += cells[end++].shared;
    }
    for (size_t i = begin; i < end; ++i) cells[i].*size = items;
    sizes.push_back(items);
  }
  return sizes;
}

std::vector<SizeCount> CountSizes(std::vector<uint32_t> sizes) {
  std::ranges::sort(sizes);
  std::vector<SizeCount> counts;
  for (const uint32_t size : sizes) {
    if (counts.empty() || counts.back().size != size) {
      counts.push_back({.size = size, .clusters = 0});
    }
    ++counts.back().clusters;
  }
  return counts;
}

std::tuple<uint32_t, uint32_t, uint32_t> Sizes(const Cell& cell) {
  return {cell.gold_size, cell.predicted_size, cell.shared};
}

std::vector<OverlapCount> CountOverlaps(std::vector<Cell> cells) {
  std::ranges::sort(cells, {}, Sizes);
  std::vector<OverlapCount> counts;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i == 0 || Sizes(cells[i]) != Sizes(cells[i - 1])) {
      counts.push_back({.gold_size = cells[i].gold_size,
                        .predicted_size = cells[i].predicted_size,
                        .shared = cells[i].shared,
                        .overlaps = 0});
    }
    ++counts.back().overlaps;
  }
  return counts;
}

}  // namespace

SizeCensus TakeSizeCensus(std::span<const uint32_t> gold,
                          std::span<const uint32_t> predicted) {
  assert(gold.size() == predicted.size());
  std::vector<Cell> cells = CountSharedItems(gold, predicted);

  SizeCensus census;
  census.items = gold.size();
  census.gold = CountSizes(FillSizes(cells, &Cell::gold, &Cell::gold_size));
  census.predicted =
      CountSizes(FillSizes(cells, &Cell::predicted, &Cell::predicted_size));
  census.overlaps = CountOverlaps(std::move(cells));
  return census;
}

}  // namespace storyfold
