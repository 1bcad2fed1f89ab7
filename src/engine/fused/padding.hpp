#pragma once

#include <cstdint>

#include "engine/fused/pool.hpp"
#include "engine/fused/stream.hpp"

namespace vio::engine::fused {

/// What the padding behind a short window of a fixed-window model amounts to, known in advance:
/// past the reach of the last symbol every position has the same features, up to the window's end.
class Padding {
 public:
  Padding(const PackedStack& stack, const Kernels& kernels, const Reach& reach, const Pool& pool);

  /// Positions of padding that a window with `padding` of them must compute, if padding is pooled.
  [[nodiscard]] std::int64_t computed(std::int64_t padding) const noexcept {
    return padding > 2 * radius_ ? 2 * radius_ : padding;
  }
  /// Of computed(padding), those that come from the computed features; add() knows the others.
  [[nodiscard]] std::int64_t pooled(std::int64_t padding) const noexcept {
    return padding > 2 * radius_ ? radius_ : padding;
  }
  /// Adds the positions of the padding that are not pooled from computed features.
  void add(std::int64_t padding, Aggregate window) const;

 private:
  const Pool& pool_;
  std::int64_t radius_;
  Aggregates parts_;  ///< one position far from both ends; the last radius_ positions
};

}  // namespace vio::engine::fused
