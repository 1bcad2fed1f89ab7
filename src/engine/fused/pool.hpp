#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/fused/kernels.hpp"
#include "vio/model/model.hpp"

namespace vio::engine::fused {

/// What pooling keeps of a set of positions: sums in fixed point, which merge exactly in every
/// order and can be taken out again, and maxima, which merge only.
///   sums   [units * 16] of x, with mean or sum; [heads, units * 16] of e x and [heads] of e, with
///          attention
///   maxima [units * 16]
struct Aggregate {
  std::int64_t* sums;
  float* maxima;
};

/// Aggregates of many sets in one piece of memory.
class Aggregates {
 public:
  /// `count` aggregates of empty sets.
  void reset(std::size_t count, std::size_t sums, std::size_t maxima);
  [[nodiscard]] Aggregate operator[](std::size_t i) noexcept {
    return {sums_.data() + i * sums_each_, maxima_.data() + i * maxima_each_};
  }
  [[nodiscard]] const std::int64_t* sums(std::size_t i) const noexcept {
    return sums_.data() + i * sums_each_;
  }
  [[nodiscard]] const float* maxima(std::size_t i) const noexcept {
    return maxima_.data() + i * maxima_each_;
  }

 private:
  AlignedVector<std::int64_t> sums_;
  AlignedVector<float> maxima_;
  std::size_t sums_each_ = 0;
  std::size_t maxima_each_ = 0;
};

/// From features to the pooled vector of a window.
class Pool {
 public:
  struct Scratch {
    AlignedVector<float> scores;
    std::vector<double> weights;
    AlignedVector<float> rows;
    AlignedVector<float> values;
  };
  /// All features of a window, for kinds of pooling that do not merge.
  struct Features {
    const float* x = nullptr;
    std::int64_t positions = 0;
  };

  Pool(const model::Model& model, const Kernels& kernels);

  /// Width of the pooled vector.
  [[nodiscard]] std::size_t features() const noexcept { return features_; }
  /// Size of Aggregate::sums.
  [[nodiscard]] std::size_t sums() const noexcept { return sums_; }
  /// Size of Aggregate::maxima; 0: none are needed.
  [[nodiscard]] std::size_t maxima() const noexcept { return maxima_; }
  [[nodiscard]] std::size_t stride() const noexcept { return stride_; }
  /// Whether finish() needs Features: log_sum_exp is summed below the window's own maximum.
  [[nodiscard]] bool needs_features() const noexcept { return needs_features_; }
  /// Useful floating-point operations a position.
  [[nodiscard]] std::uint64_t flops() const noexcept { return flops_; }

  /// Adds the sums of features [positions, units * 16].
  void add_sums(const float* x, std::int64_t positions, Scratch& scratch, Aggregate into) const;
  /// Merges their maxima.
  void add_maxima(const float* x, std::int64_t positions, float* maxima) const;
  void add(const float* x, std::int64_t positions, Scratch& scratch, Aggregate into) const {
    add_sums(x, positions, scratch, into);
    add_maxima(x, positions, into.maxima);
  }
  /// into += times * sums.
  void merge_sums(const std::int64_t* sums, std::int64_t times, std::int64_t* into) const;
  void merge_maxima(const float* maxima, float* into) const;

  /// The pooled vector, features() values, of an aggregate of `positions` positions.
  void finish(Aggregate aggregate, Features all, Scratch& scratch, std::span<float> pooled) const;

 private:
  void add_attention(const float* x, std::size_t positions, Scratch& scratch,
                     std::int64_t* sums) const;
  void attended(const std::int64_t* sums, Scratch& scratch, std::span<float> out) const;
  void finish_kind(model::PoolKind kind, Aggregate aggregate, Features all, Scratch& scratch,
                   std::span<float> out) const;

  const Kernels& kernels_;
  model::PoolingSpec spec_;
  std::size_t channels_;
  std::size_t units_;
  std::size_t stride_;
  std::size_t features_;
  std::size_t plain_sums_ = 0;  ///< those of x, before those of attention
  std::size_t sums_ = 0;
  std::size_t maxima_ = 0;
  bool needs_features_ = false;
  std::uint64_t flops_;
  FixedPoint plain_;
  FixedPoint weighted_;
  FixedPoint weights_;
  PackedLinear score_;
  std::vector<PackedLinear> values_;  ///< one a head
};

}  // namespace vio::engine::fused
