#include "catch.hpp"
#include "engine/fused/kernel_inputs.hpp"

// Stem, depthwise convolution and LayerNorm on every SIMD target of this machine, against their
// formulas in double precision.

namespace {

using namespace vio;
using test::AlignedVector;
using test::Rows;

struct MixCase {
  explicit MixCase(std::mt19937& random)
      : kernel(static_cast<std::size_t>(2 * test::between(random, 0, 15) + 1)),
        dilation(static_cast<std::size_t>(test::between(random, 1, 4))),
        channels(static_cast<std::size_t>(test::between(random, 1, 100))),
        positions(static_cast<std::size_t>(test::between(random, 1, 60))),
        reach(kernel / 2 * dilation),
        weight(test::random_values(random, channels * kernel, 0.4F)),
        bias(test::random_values(random, channels)),
        x(test::random_rows(random, positions + 2 * reach, channels)),
        gates(test::random_rows(random, positions, channels)) {
    const auto size = static_cast<std::int64_t>(channels);
    const auto taps = static_cast<std::int64_t>(kernel);
    model::BlockSpec block;
    block.kernel = static_cast<int>(kernel);
    block.dilation = static_cast<int>(dilation);
    layer = engine::fused::pack_depthwise(
        test::tensors_only({{"d.weight", {{size, 1, taps}, weight}}, {"d.bias", {{size}, bias}}}),
        "d", block);
  }

  /// Calls visit(product of tap and input) for the taps of one feature.
  template <typename Visit>
  void for_each_product(std::size_t position, std::size_t channel, Visit visit) const {
    for (std::size_t k = 0; k < kernel; ++k) {
      visit(weight[channel * kernel + k] * x.at(position + k * dilation, channel));
    }
  }
  [[nodiscard]] double mixed(std::size_t position, std::size_t channel) const {
    double sum = bias[channel];
    for_each_product(position, channel, [&](double product) { sum += product; });
    return sum * gates.at(position, channel);
  }
  [[nodiscard]] double allowed(std::size_t position, std::size_t channel) const {
    double magnitude = std::abs(bias[channel]);
    for_each_product(position, channel, [&](double product) { magnitude += std::abs(product); });
    return test::roundings(kernel + 3) * magnitude * std::abs(gates.at(position, channel));
  }

  std::size_t kernel;
  std::size_t dilation;
  std::size_t channels;
  std::size_t positions;
  std::size_t reach;
  std::vector<float> weight;  // [channels, kernel]
  std::vector<float> bias;
  Rows x;  // begins `reach` before position 0
  Rows gates;
  engine::fused::PackedDepthwise layer;
};

struct StemCase {
  explicit StemCase(std::mt19937& random) {
    model.spec.alphabet = test::random_alphabet(random);
    model.spec.unknown_channel = test::coin(random);
    model.spec.channels = test::between(random, 1, 80);
    model.spec.stem_kernel = 2 * test::between(random, 0, 9) + 1;
    kernel = static_cast<std::size_t>(model.spec.stem_kernel);
    channels = static_cast<std::size_t>(model.spec.channels);
    one_hot = static_cast<std::size_t>(model::input_channels(model.spec));
    positions = static_cast<std::size_t>(test::between(random, 1, 60));
    weight = test::random_values(random, channels * one_hot * kernel);
    bias = test::random_values(random, channels);
    model.tensors["input_proj.weight"] = {
        {model.spec.channels, static_cast<std::int64_t>(one_hot), model.spec.stem_kernel}, weight};
    model.tensors["input_proj.bias"] = {{model.spec.channels}, bias};
    layer = engine::fused::pack_stem(model);
    codes.resize(positions + kernel - 1);
    for (auto& code : codes) {
      code = static_cast<core::Code>(test::between(random, 0, model.spec.alphabet.pad()));
    }
  }

  template <typename Visit>
  void for_each_weight(std::size_t position, std::size_t channel, Visit visit) const {
    for (std::size_t k = 0; k < kernel; ++k) {
      const std::size_t code = codes[position + k];
      if (code < one_hot) {
        visit(static_cast<double>(weight[(channel * one_hot + code) * kernel + k]));
      }
    }
  }

  model::Model model;
  std::size_t kernel = 0;
  std::size_t channels = 0;
  std::size_t one_hot = 0;
  std::size_t positions = 0;
  std::vector<float> weight;  // [channels, one_hot, kernel]
  std::vector<float> bias;
  std::vector<core::Code> codes;  // begin kernel / 2 before position 0
  engine::fused::PackedStem layer;
};

struct NormCase {
  explicit NormCase(std::mt19937& random)
      : channels(static_cast<std::size_t>(test::between(random, 1, 140))),
        weight(test::random_values(random, channels)),
        bias(test::random_values(random, channels)),
        x(test::random_rows(random, static_cast<std::size_t>(test::between(random, 1, 40)),
                            channels, std::ldexp(1.0F, test::between(random, -6, 6)))) {
    const auto size = static_cast<std::int64_t>(channels);
    layer = engine::fused::pack_norm(
        test::tensors_only({{"n.weight", {{size}, weight}}, {"n.bias", {{size}, bias}}}), "n");
  }

  /// check(got, expected, allowed) for the channels of one position; see docs/performance.md.
  template <typename Check>
  void check_position(std::size_t p, const Rows& y, Check check) const {
    const auto count = static_cast<double>(channels);
    double mean = 0;
    double magnitude = 0;
    for (std::size_t c = 0; c < channels; ++c) {
      mean += x.at(p, c) / count;
      magnitude += std::abs(x.at(p, c)) / count;
    }
    double variance = 1e-5;
    for (std::size_t c = 0; c < channels; ++c) {
      variance += (x.at(p, c) - mean) * (x.at(p, c) - mean) / count;
    }
    const double scale = 1 / std::sqrt(variance);
    const double mean_off = test::roundings(channels + 2) * magnitude;
    // The variance is at its least about the true mean: a wrong one adds its error squared.
    const double scale_off = test::roundings(channels + 8) + mean_off * mean_off / variance;
    for (std::size_t c = 0; c < channels; ++c) {
      const double off = x.at(p, c) - mean;
      const double slope = std::abs(scale * weight[c]);
      check(y.at(p, c), off * scale * weight[c] + bias[c],
            slope * (mean_off + std::abs(off) * (scale_off + test::roundings(4))) +
                test::roundings(1) * std::abs(bias[c]));
    }
  }

  std::size_t channels;
  std::vector<float> weight;
  std::vector<float> bias;
  Rows x;
  engine::fused::PackedNorm layer;
};

}  // namespace

TEST_CASE("depthwise convolutions of any kernel and dilation match their formula") {
  std::mt19937 random(41);
  for (int round = 0; round < 80; ++round) {
    const MixCase c(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, c.kernel, c.dilation, c.channels, c.positions);
      Rows y(c.positions, c.channels);
      kernels->mix(c.layer, c.x.row(c.reach), c.gates.row(0), c.positions, y.row(0));
      CHECK(test::padding_is_zero(y));
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < c.positions; ++p) {
                for (std::size_t channel = 0; channel < c.channels; ++channel) {
                  check(y.at(p, channel), c.mixed(p, channel), c.allowed(p, channel));
                }
              }
            }) <= 1);
    }
  }
}

TEST_CASE("a mixed position has the same bits in every run, and over its own gates") {
  std::mt19937 random(42);
  for (int round = 0; round < 60; ++round) {
    const MixCase c(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      Rows whole(c.positions, c.channels);
      kernels->mix(c.layer, c.x.row(c.reach), c.gates.row(0), c.positions, whole.row(0));
      for (const bool one_by_one : {true, false}) {
        auto parts = c.gates;
        test::for_each_run(random, c.positions, one_by_one, [&](auto first, auto count) {
          kernels->mix(c.layer, c.x.row(c.reach + first), parts.row(first), count,
                       parts.row(first));
        });
        CAPTURE(kernels->target, c.kernel, c.dilation, c.channels, c.positions, one_by_one);
        CHECK(test::same_bits(whole, parts));
      }
    }
  }
}

TEST_CASE("stems of any alphabet and kernel match the convolution of one-hot columns") {
  std::mt19937 random(43);
  for (int round = 0; round < 60; ++round) {
    const StemCase c(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, c.kernel, c.channels, c.positions, c.model.spec.alphabet.size());
      Rows y(c.positions, c.channels);
      kernels->stem(c.layer, c.codes.data() + c.kernel / 2, c.positions, y.row(0));
      CHECK(test::padding_is_zero(y));
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < c.positions; ++p) {
                for (std::size_t channel = 0; channel < c.channels; ++channel) {
                  double sum = c.bias[channel];
                  double magnitude = std::abs(sum);
                  c.for_each_weight(p, channel, [&](double value) {
                    sum += value;
                    magnitude += std::abs(value);
                  });
                  check(y.at(p, channel), sum, test::roundings(c.kernel + 1) * magnitude);
                }
              }
            }) <= 1);
    }
  }
}

TEST_CASE("a position's stem has the same bits in every run of positions") {
  std::mt19937 random(44);
  for (int round = 0; round < 40; ++round) {
    const StemCase c(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      const auto* const codes = c.codes.data() + c.kernel / 2;
      Rows whole(c.positions, c.channels);
      kernels->stem(c.layer, codes, c.positions, whole.row(0));
      for (const bool one_by_one : {true, false}) {
        Rows parts(c.positions, c.channels);
        test::for_each_run(random, c.positions, one_by_one, [&](auto first, auto count) {
          kernels->stem(c.layer, codes + first, count, parts.row(first));
        });
        CAPTURE(kernels->target, c.kernel, c.channels, c.positions, one_by_one);
        CHECK(test::same_bits(whole, parts));
      }
    }
  }
}

TEST_CASE("LayerNorm over any number of channels matches its formula, in place too") {
  std::mt19937 random(45);
  for (int round = 0; round < 80; ++round) {
    const NormCase c(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CAPTURE(kernels->target, c.channels, c.x.positions);
      Rows y(c.x.positions, c.channels);
      kernels->norm(c.layer, c.x.row(0), c.x.positions, y.row(0));
      CHECK(test::padding_is_zero(y));
      CHECK(test::worst_excess([&](auto check) {
              for (std::size_t p = 0; p < c.x.positions; ++p) {
                c.check_position(p, y, check);
              }
            }) <= 1);
      auto in_place = c.x;
      kernels->norm(c.layer, in_place.row(0), c.x.positions, in_place.row(0));
      CHECK(test::same_bits(y, in_place));
    }
  }
}

TEST_CASE("a normalised position has the same bits in every run of positions") {
  std::mt19937 random(46);
  for (int round = 0; round < 40; ++round) {
    const NormCase c(random);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      Rows whole(c.x.positions, c.channels);
      kernels->norm(c.layer, c.x.row(0), c.x.positions, whole.row(0));
      for (const bool one_by_one : {true, false}) {
        Rows parts(c.x.positions, c.channels);
        test::for_each_run(random, c.x.positions, one_by_one, [&](auto first, auto count) {
          kernels->norm(c.layer, c.x.row(first), count, parts.row(first));
        });
        CAPTURE(kernels->target, c.channels, c.x.positions, one_by_one);
        CHECK(test::same_bits(whole, parts));
      }
    }
  }
}
