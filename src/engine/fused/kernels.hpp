#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/fused/packed.hpp"
#include "vio/core/alphabet.hpp"

namespace vio::engine::fused {

/// Sums of features in fixed point, so that merging is exact in every order and can be undone: an
/// int64 counts steps of 2^-bits, modulo 2^64. See docs/performance.md.
struct FixedPoint {
  int bits = 0;
};

/// Weights [positions, count].
struct WeightColumns {
  const double* values;
  std::size_t count;
};

/// Rows of features [positions, units * 16]; the channels past the layer's own are zero.
///
/// The kernels of one SIMD target. Every position is computed from its inputs alone and in the same
/// order whatever lies beside it, so a feature has the same bits in every strip. Pointers are
/// aligned to 64 bytes. Outputs don't overlap inputs unless said.
struct Kernels {
  const char* target;

  /// codes[-kernel / 2 .. positions + kernel / 2) can be read; all are below stem.codes.
  void (*stem)(const PackedStem& stem, const core::Code* codes, std::size_t positions, float* y);
  void (*linear)(const PackedLinear& layer, const float* x, std::size_t x_stride,
                 std::size_t positions, float* y);
  void (*linear_sigmoid)(const PackedLinear& layer, const float* x, std::size_t x_stride,
                         std::size_t positions, float* y);
  /// The same for rows that lie anywhere: x[i] and y[i] are those of position i.
  void (*linear_sigmoid_scattered)(const PackedLinear& layer, const float* const* x,
                                   std::size_t positions, float* const* y);
  /// y += linear(x)
  void (*linear_add)(const PackedLinear& layer, const float* x, std::size_t x_stride,
                     std::size_t positions, float* y);
  /// y = depth_conv(x) * gates; x[-reach .. positions + reach) can be read. `y` may be `gates`.
  void (*mix)(const PackedDepthwise& layer, const float* x, const float* gates,
              std::size_t positions, float* y);
  /// `y` may be `x`.
  void (*norm)(const PackedNorm& layer, const float* x, std::size_t positions, float* y);
  /// e = exp(bound tanh(score / bound)) for the first `heads` of 16 scores a position, as doubles
  /// [positions, heads].
  void (*attention_weights)(const float* scores, std::size_t positions, std::size_t heads,
                            float bound, double* weights);
  /// sums[column, channel] += fixed point of the sum over positions of
  /// weights[position, column] * x[position, channel]; |weights * x| < 2^(51 - bits).
  void (*weighted_sums)(const float* x, std::size_t units, std::size_t positions,
                        WeightColumns weights, FixedPoint scale, std::int64_t* sums);
  /// The same with weights of 1.
  void (*sums)(const float* x, std::size_t units, std::size_t positions, FixedPoint scale,
               std::int64_t* sums);
  /// largest = max(largest, x), channel by channel.
  void (*maxima)(const float* x, std::size_t units, std::size_t positions, float* largest);
};

/// Those of every target that this build has and this machine runs, the best first.
[[nodiscard]] std::vector<const Kernels*> all_kernels();

/// The kernels of the best target that this machine runs, or of the one that the environment
/// variable VIO_SIMD_TARGET names (SSE4, AVX2, AVX3, ...). Throws core::UsageError for one that
/// this build or this machine lacks.
[[nodiscard]] const Kernels& best_kernels();

}  // namespace vio::engine::fused
