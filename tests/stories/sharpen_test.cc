#include "stories/sharpen.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Matrix = std::vector<std::vector<double>>;
using Edge = std::pair<uint32_t, uint32_t>;

std::vector<uint32_t> Ones(size_t size) {
  return std::vector<uint32_t>(size, 1);
}

Matrix Zero(size_t size) { return Matrix(size, std::vector<double>(size, 0)); }

// Cosines of random vectors of 12 numbers; those below `least` are no edges.
Matrix RandomCosines(uint64_t seed, size_t size, double least) {
  Random random(seed);
  Matrix vectors(size, std::vector<double>(12));
  for (auto& vector : vectors) {
    double squares = 0;
    for (double& x : vector) {
      x = random.Below(3) == 0 ? random.Unit() : 0.02;
      squares += x * x;
    }
    for (double& x : vector) x /= std::sqrt(squares);
  }
  Matrix g = Zero(size);
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = 0; j < size; ++j) {
      double cosine = 0;
      for (size_t k = 0; k < 12; ++k) cosine += vectors[i][k] * vectors[j][k];
      // As the graph stores it, so that both sides start from equal numbers.
      if (i != j && cosine >= least)
        g[i][j] = double{static_cast<float>(cosine)};
    }
  }
  return g;
}

NeighbourGraph GraphOf(const Matrix& g) {
  std::vector<std::vector<Neighbour>> rows(g.size());
  for (uint32_t i = 0; i < g.size(); ++i) {
    for (uint32_t j = 0; j < g.size(); ++j) {
      if (g[i][j] > 0) rows[i].push_back({j, static_cast<float>(g[i][j])});
    }
  }
  return ToCsr(rows);
}

// M without its diagonal, by the formula in sharpen.cc, on dense rows.
Matrix MovesOf(const Matrix& g) {
  Matrix m = Zero(g.size());
  for (size_t i = 0; i < g.size(); ++i) {
    std::vector<double> sorted = g[i];
    std::ranges::sort(sorted, std::greater());
    const double least = sorted.size() > 50 ? sorted[49] : 0;
    double total = 0;
    for (const double x : g[i]) {
      if (x >= least) total += x * x * x;
    }
    for (size_t j = 0; j < g.size(); ++j) {
      const double x = g[i][j];
      if (x >= least) m[i][j] = 4 * x * x * x / (total + 0.03);
    }
  }
  return m;
}

Matrix Product(const Matrix& a, const Matrix& b) {
  Matrix c = Zero(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t k = 0; k < a.size(); ++k) {
      for (size_t j = 0; j < a.size(); ++j) c[i][j] += a[i][k] * b[k][j];
    }
  }
  return c;
}

Matrix WithIdentity(Matrix a) {
  for (size_t i = 0; i < a.size(); ++i) a[i][i] += 1;
  return a;
}

Matrix Transposed(const Matrix& a) {
  Matrix t = Zero(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < a.size(); ++j) t[j][i] = a[i][j];
  }
  return t;
}

// The similarities q of all pairs within partners' reach, q >= .15.
std::map<Edge, double> DenseSharpened(const Matrix& g,
                                      const std::vector<uint32_t>& component) {
  const Matrix moves = MovesOf(g);
  const Matrix m = WithIdentity(moves);
  const Matrix big_q = Product(Product(m, WithIdentity(g)), Transposed(m));
  std::map<Edge, double> edges;
  for (uint32_t i = 0; i < g.size(); ++i) {
    for (uint32_t j = i + 1; j < g.size(); ++j) {
      bool partners = g[i][j] > 0;
      for (size_t k = 0; k < g.size(); ++k) {
        partners = partners || (moves[i][k] > 0 && moves[j][k] > 0);
      }
      const double q = big_q[i][j] / std::sqrt(big_q[i][i] * big_q[j][j]);
      if (partners && component[i] == component[j] && q >= 0.15) {
        edges[{i, j}] = std::min(q, 1.0);
      }
    }
  }
  return edges;
}

void CheckEqual(const std::vector<WeightedEdge>& found,
                const std::map<Edge, double>& expected) {
  REQUIRE(found.size() == expected.size());
  auto at = expected.begin();
  for (const WeightedEdge& edge : found) {
    CHECK(Edge(edge.a, edge.b) == at->first);
    CHECK(edge.weight == Approx(at->second).epsilon(1e-6));
    ++at;
  }
}

TEST_CASE("sharpened similarities are those of dense matrices",
          "[stories][prop]") {
  const auto seed = GENERATE(range(uint64_t{1}, uint64_t{6}));
  const size_t size = 30 + 6 * seed;
  const Matrix g = RandomCosines(seed, size, 0.5);
  const std::vector<uint32_t> component(size, 0);
  const auto expected = DenseSharpened(g, component);
  CHECK(expected.size() > 30);
  CheckEqual(SharpenGraph(GraphOf(g), component, Ones(g.size())), expected);
}

TEST_CASE("an article moves towards its 50 strongest neighbours only",
          "[stories][prop]") {
  const Matrix g = RandomCosines(9, 60, 0.01);
  const std::vector<uint32_t> component(60, 0);
  REQUIRE(GraphOf(g).Row(0).size() == 59);
  CheckEqual(SharpenGraph(GraphOf(g), component, Ones(g.size())),
             DenseSharpened(g, component));
}

TEST_CASE("two articles alone come nearer by hand", "[stories]") {
  // g = .5: w = .125, m = 4 * .125 / .155 = 3.2258065
  // Q01 = 2 m + g (1 + m^2) = 12.1545265
  // Q00 = 1 + 2 m g + m^2   = 14.6316337
  Matrix g = Zero(2);
  g[0][1] = g[1][0] = 0.5;
  const auto edges =
      SharpenGraph(GraphOf(g), std::vector<uint32_t>(2, 0), Ones(2));
  REQUIRE(edges.size() == 1);
  CHECK(edges[0].a == 0);
  CHECK(edges[0].b == 1);
  CHECK(edges[0].weight == Approx(0.8307026).margin(1e-6));
}

TEST_CASE("articles of different components get no edge", "[stories][prop]") {
  const Matrix g = RandomCosines(3, 40, 0.4);
  std::vector<uint32_t> component(40);
  for (uint32_t i = 0; i < 40; ++i) component[i] = i % 3;
  component[39] = 39;  // lone

  const auto edges = SharpenGraph(GraphOf(g), component, Ones(g.size()));

  for (const WeightedEdge& edge : edges) {
    CHECK(component[edge.a] == component[edge.b]);
  }
  CHECK(edges.size() > 30);
  CheckEqual(edges, DenseSharpened(g, component));
}

TEST_CASE("a sharpened similarity is at most 1 where edges are missing",
          "[stories]") {
  // Both ends of a chain are near its middle but, as outside of the window,
  // not near one another: no three vectors have such cosines.
  Matrix g = Zero(3);
  g[0][1] = g[1][0] = 0.9;
  g[1][2] = g[2][1] = 0.9;
  const auto edges =
      SharpenGraph(GraphOf(g), std::vector<uint32_t>(3, 0), Ones(3));
  REQUIRE(edges.size() == 3);
  for (const WeightedEdge& edge : edges) {
    CHECK(edge.weight > 0);
    CHECK(edge.weight <= 1);
  }
}

TEST_CASE("equal articles have similarity 1", "[stories]") {
  Matrix g = Zero(3);
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) g[i][j] = i != j;
  }
  const auto edges =
      SharpenGraph(GraphOf(g), std::vector<uint32_t>(3, 0), Ones(3));
  REQUIRE(edges.size() == 3);
  for (const WeightedEdge& edge : edges) {
    CHECK(edge.weight == Approx(1));
    CHECK(edge.weight <= 1);
  }
}

TEST_CASE("copies hold a text where it is, by hand", "[stories]") {
  // The first stands for four copies: w_01 = .125, w_00 = 2 * .3 * .125 = .075,
  //   m00 = 4 * .075 / .23 = 1.3043478, m01 = 4 * .125 / .23 = 2.1739130
  //   m10 = 4 * .125 / .155 = 3.2258065
  // Rows of M: (1 + m00, m01) and (m10, 1).
  Matrix g = Zero(2);
  g[0][1] = g[1][0] = 0.5;
  Matrix m = {{2.3043478, 2.1739130}, {3.2258065, 1}};
  const Matrix q = Product(Product(m, WithIdentity(g)), Transposed(m));
  const auto edges = SharpenGraph(GraphOf(g), std::vector<uint32_t>{0, 0},
                                  std::vector<uint32_t>{4, 1});
  REQUIRE(edges.size() == 1);
  CHECK(edges[0].weight ==
        Approx(q[0][1] / std::sqrt(q[0][0] * q[1][1])).margin(1e-6));
}

TEST_CASE("an empty graph has no edges", "[stories]") {
  CHECK(SharpenGraph({}, {}, {}).empty());
  CHECK(
      SharpenGraph(GraphOf(Zero(4)), std::vector<uint32_t>{0, 0, 2, 3}, Ones(4))
          .empty());
}

TEST_CASE("sharpening does not depend on the number of threads",
          "[stories][deterministic]") {
  const NeighbourGraph graph = GraphOf(RandomCosines(4, 200, 0.5));
  const std::vector<uint32_t> component(200, 0);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return SharpenGraph(graph, component, Ones(200));
  };
  CHECK(run(1) == run(4));
}

}  // namespace
}  // namespace storyfold
