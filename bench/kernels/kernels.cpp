#include <cmath>
#include <functional>
#include <memory>
#include <string>

#include "bench/kernels/work.hpp"

namespace vio::bench {

namespace {

using engine::fused::PackedDepthwise;
using engine::fused::PackedLinear;
using engine::fused::PackedNorm;
using engine::fused::PackedStem;

constexpr std::size_t kPositions = 48;
constexpr std::size_t kChannels = 64;
constexpr std::size_t kUnits = kChannels / engine::fused::kUnit;
constexpr std::size_t kReach = 64;
constexpr double kValues = kPositions * kChannels;

void add(const Kernels& kernels, const std::string& name, double flops,
         const std::function<void()>& work) {
  repeat(benchmark::RegisterBenchmark((std::string(kernels.target) + "/" + name).c_str(),
                                      [=](benchmark::State& state) {
                                        for (auto _ : state) {
                                          work();
                                          benchmark::ClobberMemory();
                                        }
                                        count_flops(state, flops, kPositions);
                                      }));
}

PackedLinear square_layer() {
  return {.inputs = kChannels,
          .units = kUnits,
          .weight = random_values(kChannels * kChannels, 0.1F),
          .bias = random_values(kChannels)};
}

struct Buffers {
  AlignedVector<float> x = random_values((kPositions + 2 * kReach) * kChannels);
  AlignedVector<float> y = random_values((kPositions + 2 * kReach) * kChannels);
  AlignedVector<double> weights = AlignedVector<double>(kPositions * 16, 1.5);
  AlignedVector<std::int64_t> sums = AlignedVector<std::int64_t>(16 * kChannels);

  [[nodiscard]] const float* inside() const { return x.data() + kReach * kChannels; }
};

void add_linear(const Kernels& kernels, const std::shared_ptr<Buffers>& b) {
  const auto layer = std::make_shared<PackedLinear>(square_layer());
  const double flops = 2 * kValues * kChannels;
  const auto entry = [&](const std::string& name, auto kernel) {
    add(kernels, name, flops,
        [=] { kernel(*layer, b->x.data(), kChannels, kPositions, b->y.data()); });
  };
  entry("linear", kernels.linear);
  entry("linear_sigmoid", kernels.linear_sigmoid);
  entry("linear_add", kernels.linear_add);
}

void add_mix(const Kernels& kernels, const std::shared_ptr<Buffers>& b, std::size_t kernel,
             std::size_t dilation) {
  const auto layer = std::make_shared<PackedDepthwise>(
      PackedDepthwise{.kernel = kernel,
                      .dilation = dilation,
                      .units = kUnits,
                      .weight = random_values(kernel * kChannels, 0.3F),
                      .bias = random_values(kChannels)});
  const auto gates = std::make_shared<AlignedVector<float>>(random_values(kPositions * kChannels));
  add(kernels, "mix/kernel:" + std::to_string(kernel) + "/dilation:" + std::to_string(dilation),
      kValues * static_cast<double>(2 * kernel + 1),
      [=, &kernels] { kernels.mix(*layer, b->inside(), gates->data(), kPositions, b->y.data()); });
}

void add_stem(const Kernels& kernels, const std::shared_ptr<Buffers>& b, std::size_t kernel) {
  const auto model_spec = kernel == 1 ? model::v1_spec({"a", "b"}) : model::vio_s_spec({"a", "b"});
  const auto layer =
      std::make_shared<PackedStem>(engine::fused::pack_stem(random_model(model_spec)));
  std::mt19937 random(3);
  std::vector<core::Code> codes(kPositions + 2 * kReach);
  for (auto& code : codes) {
    code = static_cast<core::Code>(random() % 4);
  }
  const int one_hot = model::input_channels(model_spec);
  add(kernels, "stem/kernel:" + std::to_string(kernel),
      2 * kValues * static_cast<double>(kernel) * one_hot,
      [=, &kernels] { kernels.stem(*layer, codes.data() + kReach, kPositions, b->y.data()); });
}

void add_norm(const Kernels& kernels, const std::shared_ptr<Buffers>& b) {
  const auto layer = std::make_shared<PackedNorm>(PackedNorm{
      .channels = kChannels, .weight = random_values(kChannels), .bias = random_values(kChannels)});
  // Sum; difference, square and sum; difference, scale, weight and bias.
  add(kernels, "norm", 8 * kValues,
      [=, &kernels] { kernels.norm(*layer, b->x.data(), kPositions, b->y.data()); });
}

void add_pooling(const Kernels& kernels, const std::shared_ptr<Buffers>& b) {
  constexpr engine::fused::FixedPoint kScale{30};
  constexpr std::size_t kHeads = 4;
  add(kernels, "sums", kValues,
      [=, &kernels] { kernels.sums(b->x.data(), kUnits, kPositions, kScale, b->sums.data()); });
  add(kernels, "weighted_sums/heads:4", 2 * kHeads * kValues, [=, &kernels] {
    kernels.weighted_sums(b->x.data(), kUnits, kPositions, {b->weights.data(), kHeads}, kScale,
                          b->sums.data());
  });
  add(kernels, "maxima", kValues,
      [=, &kernels] { kernels.maxima(b->x.data(), kUnits, kPositions, b->y.data()); });
  add(kernels, "attention_weights/heads:4", kHeads * kPositions, [=, &kernels] {
    kernels.attention_weights(b->x.data(), kPositions, kHeads, 6.0F, b->weights.data());
  });
}

}  // namespace

void register_kernels(const Kernels& kernels) {
  const auto buffers = std::make_shared<Buffers>();
  add_linear(kernels, buffers);
  for (const std::size_t kernel : {5, 9, 7}) {
    add_mix(kernels, buffers, kernel, 1);
  }
  add_mix(kernels, buffers, 9, 4);
  add_stem(kernels, buffers, 1);
  add_stem(kernels, buffers, 11);
  add_norm(kernels, buffers);
  add_pooling(kernels, buffers);
}

}  // namespace vio::bench
