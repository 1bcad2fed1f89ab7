#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/fused/kernels.hpp"
#include "vio/model/model.hpp"

namespace vio::engine::fused {

/// What pooling keeps of a set of positions. Two sets merge exactly, in every order.
struct Aggregate {
  AlignedVector<std::int64_t> sums;      ///< [units * 16], fixed point
  AlignedVector<std::int64_t> weighted;  ///< [heads, units * 16], fixed point: of e x
  std::vector<std::int64_t> weights;     ///< [heads], fixed point: of e
  AlignedVector<float> largest;          ///< [units * 16]
};

/// From features to the pooled vector of one window.
class Pool {
 public:
  struct Scratch {
    Aggregate aggregate;
    AlignedVector<float> scores;
    std::vector<double> weights;
    AlignedVector<float> rows;
    AlignedVector<float> values;
  };

  explicit Pool(const model::Model& model);

  /// Width of the pooled vector.
  [[nodiscard]] std::size_t features() const noexcept { return features_; }

  /// Pools features [positions, units * 16] into `pooled`, features() values.
  void pool(const Kernels& kernels, const float* x, std::size_t positions, Scratch& scratch,
            std::span<float> pooled) const;

 private:
  struct Features {
    const float* x;
    std::size_t positions;
  };

  void clear(Aggregate& aggregate) const;
  void add(const Kernels& kernels, const float* x, std::size_t positions, Scratch& scratch) const;
  void add_attention(const Kernels& kernels, const float* x, std::size_t positions,
                     Scratch& scratch) const;
  void attended(const Kernels& kernels, Scratch& scratch, std::span<float> out) const;
  void finish(const Kernels& kernels, model::PoolKind kind, Features features, Scratch& scratch,
              std::span<float> out) const;

  model::PoolingSpec spec_;
  std::size_t channels_;
  std::size_t units_;
  std::size_t features_;
  FixedPoint plain_;
  FixedPoint weighted_;
  FixedPoint weights_;
  PackedLinear score_;
  std::vector<PackedLinear> values_;  ///< one a head
};

}  // namespace vio::engine::fused
