#include "bench/kernels/work.hpp"

#include <algorithm>

namespace vio::bench {

AlignedVector<float> random_values(std::size_t size, float deviation) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal(0.0F, deviation);
  AlignedVector<float> values(size);
  std::generate(values.begin(), values.end(), [&] { return normal(random); });
  return values;
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
