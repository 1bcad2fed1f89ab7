#include "catch.hpp"
#include "engine/fused/kernel_inputs.hpp"

// Aggregates of pooling on every SIMD target of this machine. Fixed point leaves no tolerance: a
// sum is what whole numbers say.

namespace {

using namespace vio;
using engine::fused::FixedPoint;
using test::AlignedVector;
using test::Rows;

constexpr FixedPoint kScale{36};

struct PoolCase {
  explicit PoolCase(std::mt19937& random)
      : columns(static_cast<std::size_t>(test::between(random, 1, 9))),
        x(test::random_rows(random, static_cast<std::size_t>(test::between(random, 1, 90)),
                            static_cast<std::size_t>(test::between(random, 1, 90)), 20.0F)),
        weights(x.positions * columns) {
    for (auto& weight : weights) {
      weight = std::exp(static_cast<float>(test::between(random, -600, 600)) / 100.0F);
    }
  }

  [[nodiscard]] std::size_t units() const { return x.stride / engine::fused::kUnit; }

  std::size_t columns;
  Rows x;
  std::vector<double> weights;  // [positions, columns], whole in float32
};

std::int64_t steps(double value) {
  return std::llrint(std::ldexp(value, kScale.bits));
}

/// Random counts: kernels add to what is there.
AlignedVector<std::int64_t> random_counts(std::mt19937& random, std::size_t size) {
  AlignedVector<std::int64_t> counts(size);
  for (auto& count : counts) {
    count = test::between(random, -1000000, 1000000);
  }
  return counts;
}

}  // namespace

TEST_CASE("sums in fixed point are exact, however they are cut") {
  std::mt19937 random(51);
  for (int round = 0; round < 60; ++round) {
    const PoolCase c(random);
    const auto before = random_counts(random, c.x.stride);
    auto expected = before;
    for (std::size_t p = 0; p < c.x.positions; ++p) {
      for (std::size_t channel = 0; channel < c.x.stride; ++channel) {
        expected[channel] += steps(c.x.at(p, channel));
      }
    }
    for (const auto* const kernels : engine::fused::all_kernels()) {
      auto sums = before;
      test::for_each_run(random, c.x.positions, false, [&](auto first, auto count) {
        kernels->sums(c.x.row(first), c.units(), count, kScale, sums.data());
      });
      CAPTURE(kernels->target, c.x.channels, c.x.positions);
      CHECK(sums == expected);
    }
  }
}

TEST_CASE("weighted sums in fixed point are exact, however they are cut") {
  std::mt19937 random(52);
  for (int round = 0; round < 60; ++round) {
    const PoolCase c(random);
    const auto before = random_counts(random, c.columns * c.x.stride);
    auto expected = before;
    for (std::size_t p = 0; p < c.x.positions; ++p) {
      for (std::size_t column = 0; column < c.columns; ++column) {
        const double weight = c.weights[p * c.columns + column];
        for (std::size_t channel = 0; channel < c.x.stride; ++channel) {
          expected[column * c.x.stride + channel] += steps(weight * c.x.at(p, channel));
        }
      }
    }
    for (const auto* const kernels : engine::fused::all_kernels()) {
      auto sums = before;
      test::for_each_run(random, c.x.positions, false, [&](auto first, auto count) {
        kernels->weighted_sums(c.x.row(first), c.units(), count,
                               {c.weights.data() + first * c.columns, c.columns}, kScale,
                               sums.data());
      });
      CAPTURE(kernels->target, c.x.channels, c.x.positions, c.columns);
      CHECK(sums == expected);
    }
  }
}

TEST_CASE("the largest of every channel") {
  std::mt19937 random(53);
  for (int round = 0; round < 40; ++round) {
    const PoolCase c(random);
    const auto before = test::random_rows(random, 1, c.x.channels, 20.0F);
    auto expected = before;
    for (std::size_t p = 0; p < c.x.positions; ++p) {
      for (std::size_t channel = 0; channel < c.x.stride; ++channel) {
        expected.row(0)[channel] = std::max(expected.row(0)[channel], c.x.row(p)[channel]);
      }
    }
    for (const auto* const kernels : engine::fused::all_kernels()) {
      auto largest = before;
      kernels->maxima(c.x.row(0), c.units(), c.x.positions, largest.row(0));
      CAPTURE(kernels->target, c.x.channels, c.x.positions);
      CHECK(test::same_bits(largest, expected));
    }
  }
}

TEST_CASE("attention weights match their formula, and have the same bits in every run") {
  std::mt19937 random(54);
  for (int round = 0; round < 60; ++round) {
    const auto positions = static_cast<std::size_t>(test::between(random, 1, 60));
    const auto heads = static_cast<std::size_t>(test::between(random, 1, 20));
    const auto bound = 0.5F * static_cast<float>(test::between(random, 1, 12));
    const auto scores = test::random_rows(random, positions, heads, 6.0F);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, positions, heads, bound);
      std::vector<double> whole(positions * heads);
      kernels->attention_weights(scores.row(0), positions, heads, bound, whole.data());
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < positions; ++p) {
                for (std::size_t h = 0; h < heads; ++h) {
                  const double weight = std::exp(bound * std::tanh(scores.at(p, h) / bound));
                  // tanh is off by 4e-7 at most, times the bound; then exp's own.
                  check(whole[p * heads + h], weight, weight * (5e-7 * bound + 1e-6));
                }
              }
            }) <= 1);
      std::vector<double> parts(positions * heads);
      test::for_each_run(random, positions, true, [&](auto first, auto count) {
        kernels->attention_weights(scores.row(first), count, heads, bound,
                                   parts.data() + first * heads);
      });
      CHECK(whole == parts);
    }
  }
}
