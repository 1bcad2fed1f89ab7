#include <memory>

#include "bench/kernels/work.hpp"
#include "engine/fused/pool.hpp"
#include "engine/fused/strip.hpp"

namespace vio::bench {

namespace {

struct Pass {
  explicit Pass(model::Model random) : model(std::move(random)), stack(model), pool(model) {
    std::mt19937 letters(5);
    codes.resize(static_cast<std::size_t>(model.spec.window));
    for (auto& code : codes) {
      code = static_cast<core::Code>(letters() % 4);
    }
    pooled.resize(pool.features());
  }

  void run(const Kernels& kernels) {
    const float* const x =
        engine::fused::strip_features(stack, kernels, codes, model.spec.alphabet.pad(), strip);
    pool.pool(kernels, x, codes.size(), pooling, pooled);
  }

  model::Model model;
  engine::fused::PackedStack stack;
  engine::fused::Pool pool;
  std::vector<core::Code> codes;
  std::vector<float> pooled;
  engine::fused::StripScratch strip;
  engine::fused::Pool::Scratch pooling;
};

void add_pass(const Kernels& kernels, const std::string& name, const model::Spec& spec) {
  const auto pass = std::make_shared<Pass>(random_model(spec));
  const auto flops = model::flops_per_position(spec) * spec.window;
  repeat(benchmark::RegisterBenchmark(
      (std::string(kernels.target) + "/pass/" + name).c_str(), [=, &kernels](auto& state) {
        for (auto _ : state) {
          pass->run(kernels);
          benchmark::DoNotOptimize(pass->pooled.data());
        }
        count_flops(state, static_cast<double>(flops), static_cast<std::size_t>(spec.window));
      }));
}

}  // namespace

void register_passes(const Kernels& kernels) {
  add_pass(kernels, "v1", model::v1_spec({"a", "b"}));
  add_pass(kernels, "vio-s", model::vio_s_spec({"a", "b"}));
}

}  // namespace vio::bench
