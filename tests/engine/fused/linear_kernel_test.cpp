#include "catch.hpp"
#include "engine/fused/kernel_inputs.hpp"

// Linear layers on every SIMD target of this machine, against sums in double precision.

namespace {

using namespace vio;
using engine::fused::PackedLinear;
using test::AlignedVector;
using test::Rows;

struct LinearCase {
  LinearCase(std::mt19937& random, std::size_t input_count, std::size_t output_count,
             std::size_t position_count)
      : inputs(input_count),
        outputs(output_count),
        weight(test::random_values(random, inputs * outputs, 0.4F)),
        bias(test::random_values(random, outputs)),
        x(test::random_rows(random, position_count, inputs)) {
    const auto rows = static_cast<std::int64_t>(outputs);
    layer = engine::fused::pack_linear(
        test::tensors_only({{"l.weight", {{rows, static_cast<std::int64_t>(inputs)}, weight}},
                            {"l.bias", {{rows}, bias}}}),
        "l");
  }

  [[nodiscard]] double sum(std::size_t position, std::size_t output) const {
    double total = bias[output];
    for (std::size_t i = 0; i < inputs; ++i) {
      total += weight[output * inputs + i] * x.at(position, i);
    }
    return total;
  }
  /// What `inputs` products and sums may be off, in whatever order they were added.
  [[nodiscard]] double allowed(std::size_t position, std::size_t output) const {
    double magnitude = std::abs(bias[output]);
    for (std::size_t i = 0; i < inputs; ++i) {
      magnitude += std::abs(weight[output * inputs + i] * x.at(position, i));
    }
    return test::roundings(inputs + 2) * magnitude;
  }

  std::size_t inputs;
  std::size_t outputs;
  std::vector<float> weight;  // [outputs, inputs]
  std::vector<float> bias;
  Rows x;
  PackedLinear layer;
};

LinearCase random_case(std::mt19937& random) {
  const auto inputs = static_cast<std::size_t>(test::between(random, 1, 140));
  const auto outputs = static_cast<std::size_t>(test::between(random, 1, 140));
  const auto positions = static_cast<std::size_t>(test::between(random, 1, 60));
  return {random, inputs, outputs, positions};
}

double sigmoid(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

using LinearKernel = void (*)(const PackedLinear&, const float*, std::size_t, std::size_t, float*);

Rows apply(LinearKernel kernel, const LinearCase& c, Rows y) {
  kernel(c.layer, c.x.row(0), c.x.stride, c.x.positions, y.row(0));
  return y;
}

}  // namespace

TEST_CASE("linear layers of any size match their formula on every target") {
  std::mt19937 random(31);
  for (int round = 0; round < 60; ++round) {
    const auto c = random_case(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, c.inputs, c.outputs, c.x.positions);
      const auto y = apply(kernels->linear, c, Rows(c.x.positions, c.outputs));
      CHECK(test::padding_is_zero(y));
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < c.x.positions; ++p) {
                for (std::size_t o = 0; o < c.outputs; ++o) {
                  check(y.at(p, o), c.sum(p, o), c.allowed(p, o));
                }
              }
            }) <= 1);
    }
  }
}

TEST_CASE("a linear layer adds to what is there") {
  std::mt19937 random(32);
  for (int round = 0; round < 30; ++round) {
    const auto c = random_case(random);
    const auto before = test::random_rows(random, c.x.positions, c.outputs);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, c.inputs, c.outputs, c.x.positions);
      const auto y = apply(kernels->linear_add, c, before);
      CHECK(test::padding_is_zero(y));
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < c.x.positions; ++p) {
                for (std::size_t o = 0; o < c.outputs; ++o) {
                  const double sum = before.at(p, o) + c.sum(p, o);
                  check(y.at(p, o), sum,
                        c.allowed(p, o) + test::roundings(2) * std::abs(before.at(p, o)));
                }
              }
            }) <= 1);
    }
  }
}

TEST_CASE("gates are sigmoids of a linear layer") {
  std::mt19937 random(33);
  for (int round = 0; round < 30; ++round) {
    const auto c = random_case(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, c.inputs, c.outputs, c.x.positions);
      const auto y = apply(kernels->linear_sigmoid, c, Rows(c.x.positions, c.outputs));
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < c.x.positions; ++p) {
                for (std::size_t o = 0; o < c.outputs; ++o) {
                  const double gate = sigmoid(c.sum(p, o));
                  check(y.at(p, o), gate, gate * (1e-6 + c.allowed(p, o)));
                }
              }
            }) <= 1);
    }
  }
}

TEST_CASE("gates of every size of score, the smallest and the largest too") {
  std::mt19937 random(34);
  LinearCase c(random, 1, 1, 4001);
  c.layer.weight[0] = 1.0F;
  c.layer.bias[0] = 0.0F;
  for (std::size_t p = 0; p < 4001; ++p) {
    c.x.row(p)[0] = static_cast<float>(static_cast<int>(p) - 2000) / 20.0F;
  }
  *c.x.row(0) = -1e30F;
  *c.x.row(4000) = 1e30F;
  for (const auto* const kernels : engine::fused::all_kernels()) {
    CAPTURE(kernels->target);
    const auto y = apply(kernels->linear_sigmoid, c, Rows(c.x.positions, c.outputs));
    CHECK(test::worst_excess([&](auto check) {
            for (std::size_t p = 0; p < c.x.positions; ++p) {
              const double score = c.x.at(p, 0);
              const double gate = sigmoid(score);
              // The exponent's own rounding grows with the score; below 2^-126 all is nothing.
              const double relative = 1e-6 + 2 * test::kRounding * std::min(std::abs(score), 90.0);
              check(y.at(p, 0), gate, gate * relative + 0x1p-125);
            }
          }) <= 1);
    CHECK(y.at(4000, 0) == 1.0);
  }
}

TEST_CASE("a position's sums have the same bits in every run of positions") {
  std::mt19937 random(35);
  for (int round = 0; round < 40; ++round) {
    const auto c = random_case(random);
    const auto before = test::random_rows(random, c.x.positions, c.outputs);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      for (const auto kernel : {kernels->linear, kernels->linear_sigmoid, kernels->linear_add}) {
        const auto whole = apply(kernel, c, before);
        for (const bool one_by_one : {true, false}) {
          auto parts = before;
          test::for_each_run(random, c.x.positions, one_by_one, [&](auto first, auto count) {
            kernel(c.layer, c.x.row(first), c.x.stride, count, parts.row(first));
          });
          CAPTURE(kernels->target, c.inputs, c.outputs, c.x.positions, one_by_one);
          CHECK(test::same_bits(whole, parts));
        }
      }
    }
  }
}

TEST_CASE("gates of rows that lie anywhere have the bits of rows side by side") {
  std::mt19937 random(37);
  for (int round = 0; round < 40; ++round) {
    const auto c = random_case(random);
    std::vector<std::size_t> places(c.x.positions);
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::shuffle(places.begin(), places.end(), random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      Rows y(c.x.positions, c.outputs);
      std::vector<const float*> from;
      std::vector<float*> to;
      for (const auto place : places) {
        from.push_back(c.x.row(place));
        to.push_back(y.row(place));
      }
      kernels->linear_sigmoid_scattered(c.layer, from.data(), from.size(), to.data());
      CAPTURE(kernels->target, c.inputs, c.outputs, c.x.positions);
      CHECK(test::same_bits(apply(kernels->linear_sigmoid, c, y), y));
    }
  }
}

TEST_CASE("part of a layer's outputs, and rows that are wider than its inputs") {
  std::mt19937 random(36);
  for (int round = 0; round < 20; ++round) {
    auto c = random_case(random);
    const auto rows = static_cast<std::int64_t>(c.outputs);
    const auto first =
        static_cast<std::size_t>(test::between(random, 0, static_cast<int>(rows) - 1));
    const auto count = c.outputs - first;
    c.layer = engine::fused::pack_linear(
        test::tensors_only({{"l.weight", {{rows, static_cast<std::int64_t>(c.inputs)}, c.weight}},
                            {"l.bias", {{rows}, c.bias}}}),
        "l", first, count);
    Rows wide(c.x.positions, c.x.stride + 16);
    for (std::size_t p = 0; p < c.x.positions; ++p) {
      std::ranges::copy(test::random_values(random, wide.stride), wide.row(p));
      std::copy_n(c.x.row(p), c.inputs, wide.row(p));
    }
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, c.inputs, c.outputs, first, c.x.positions);
      Rows y(c.x.positions, count);
      kernels->linear(c.layer, wide.row(0), wide.stride, wide.positions, y.row(0));
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < c.x.positions; ++p) {
                for (std::size_t o = 0; o < count; ++o) {
                  check(y.at(p, o), c.sum(p, first + o), c.allowed(p, first + o));
                }
              }
            }) <= 1);
    }
  }
}
