#include "bench/kernels/work.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vio::bench {

AlignedVector<float> random_values(std::size_t size, float deviation) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal(0.0F, deviation);
  AlignedVector<float> values(size);
  std::generate(values.begin(), values.end(), [&] { return normal(random); });
  return values;
}

model::Model random_model(const model::Spec& spec) {
  model::validate(spec);
  model::Model model;
  model.spec = spec;
  for (const auto& [name, shape] : model::tensor_shapes(spec)) {
    const auto inputs =
        std::accumulate(shape.begin() + 1, shape.end(), 1.0, std::multiplies<double>());
    const auto count = static_cast<std::size_t>(inputs * static_cast<double>(shape[0]));
    const bool scale = name.find("norm.weight") != std::string::npos;
    const auto values = random_values(count, static_cast<float>(1 / std::sqrt(inputs)));
    model.tensors[name] = {shape, scale ? std::vector<float>(count, 1.0F)
                                        : std::vector<float>(values.begin(), values.end())};
  }
  return model;
}

void repeat(benchmark::internal::Benchmark* benchmark) {
  benchmark->Repetitions(7)->ReportAggregatesOnly()->ComputeStatistics(
      "best", [](const std::vector<double>& values) { return std::ranges::max(values); });
}

void count_flops(benchmark::State& state, double flops, std::size_t positions) {
  using benchmark::Counter;
  const auto rate = Counter::kIsIterationInvariantRate;
  state.counters["FLOP/s"] = Counter(flops, rate);
  if (positions > 0) {
    state.counters["positions/s"] = Counter(static_cast<double>(positions), rate);
  }
}

}  // namespace vio::bench
