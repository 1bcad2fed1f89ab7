#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bench/random_model.hpp"
#include "engine/fused/kernels.hpp"

/// What the benchmarks of kernels share: layers with random weights, and how a rate is reported.
namespace vio::bench {

using engine::fused::AlignedVector;
using engine::fused::Kernels;

/// Values small enough that no sum grows without bound.
[[nodiscard]] AlignedVector<float> random_values(std::size_t size, float deviation = 1.0F);

/// Reports the best of the repetitions beside their median: other work on the machine only slows.
void repeat(benchmark::internal::Benchmark* benchmark);

/// Counts `flops` per iteration as FLOP/s, and positions where given.
void count_flops(benchmark::State& state, double flops, std::size_t positions = 0);

void register_blas();
/// Every kernel alone, on 48 positions that stay in the first-level cache.
void register_kernels(const Kernels& kernels);
/// Whole windows: codes to probabilities.
void register_passes(const Kernels& kernels);

}  // namespace vio::bench
