#include <memory>

#include "bench/kernels/work.hpp"
#include "engine/plan/plan.hpp"
#include "vio/engine/fused/fused_engine.hpp"

namespace vio::bench {

namespace {

/// Windows side by side, as --window 1000 --stride 1000 cuts them: nothing to share.
struct Pass {
  static constexpr std::int64_t kWindows = 64;

  explicit Pass(const model::Spec& spec)
      : model(std::make_shared<model::Model>(random_model(spec))), engine(model) {
    std::mt19937 letters(5);
    const std::int64_t length = spec.window;
    block.codes.resize(static_cast<std::size_t>(kWindows * length));
    for (auto& code : block.codes) {
      code = static_cast<core::Code>(letters() % 4);
    }
    for (std::int64_t i = 0; i < kWindows; ++i) {
      window::Window window;
      window.block = &block;
      window.begin = i * length;
      window.end = window.begin + length;
      windows.push_back(window);
    }
    probabilities.resize(windows.size() * spec.classes.size());
  }

  std::shared_ptr<const model::Model> model;
  engine::FusedEngine engine;
  window::Block block;
  std::vector<window::Window> windows;
  std::vector<float> probabilities;
};

void add_pass(const Kernels& kernels, const std::string& name, const model::Spec& spec) {
  const auto pass = std::make_shared<Pass>(spec);
  const auto positions = pass->block.codes.size();
  const auto flops =
      static_cast<double>(model::flops_per_position(spec)) * static_cast<double>(positions);
  repeat(benchmark::RegisterBenchmark(
      (std::string(kernels.target) + "/pass/" + name).c_str(), [=](benchmark::State& state) {
        for (auto _ : state) {
          (void)pass->engine.score(pass->windows, pass->probabilities);
          benchmark::DoNotOptimize(pass->probabilities.data());
        }
        count_flops(state, flops, positions);
      }));
}

/// What planning those windows costs, to be compared with their pass.
void add_plan(const Kernels& kernels, const std::string& name, const model::Spec& spec) {
  const auto pass = std::make_shared<Pass>(spec);
  const auto planner = std::make_shared<engine::Planner>(spec);
  repeat(benchmark::RegisterBenchmark((std::string(kernels.target) + "/plan/" + name).c_str(),
                                      [=](benchmark::State& state) {
                                        for (auto _ : state) {
                                          benchmark::DoNotOptimize(planner->plan(pass->windows));
                                        }
                                      }));
}

}  // namespace

void register_passes(const Kernels& kernels) {
  add_pass(kernels, "v1", model::v1_spec({"a", "b"}));
  add_pass(kernels, "vio-s", model::vio_s_spec({"a", "b"}));
  add_plan(kernels, "v1", model::v1_spec({"a", "b"}));
  add_plan(kernels, "vio-s", model::vio_s_spec({"a", "b"}));
}

}  // namespace vio::bench
