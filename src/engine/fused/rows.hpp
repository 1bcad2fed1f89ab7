#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/fused/packed.hpp"

namespace vio::engine::fused {

/// Rows of features of consecutive positions, which may slide along a sequence.
class Rows {
 public:
  /// Room for positions [origin, origin + capacity); keeps the memory it has where that is enough.
  void reset(std::size_t units, std::int64_t origin, std::int64_t capacity) {
    stride_ = units * kUnit;
    origin_ = origin;
    const auto needed = static_cast<std::size_t>(capacity) * stride_;
    if (values_.size() < needed) {
      values_.resize(needed);
    }
  }

  [[nodiscard]] float* at(std::int64_t position) noexcept {
    return values_.data() + static_cast<std::size_t>(position - origin_) * stride_;
  }
  [[nodiscard]] const float* at(std::int64_t position) const noexcept {
    return values_.data() + static_cast<std::size_t>(position - origin_) * stride_;
  }
  /// Floats from one position to the next.
  [[nodiscard]] std::size_t stride() const noexcept { return stride_; }

  /// Forgets what lies before `first`; keeps [first, end).
  void slide(std::int64_t first, std::int64_t end) noexcept {
    if (end > first) {
      std::copy(at(first), at(end), values_.data());
    }
    origin_ = first;
  }
  void zero(std::int64_t begin, std::int64_t end) noexcept { std::fill(at(begin), at(end), 0.0F); }

 private:
  AlignedVector<float> values_;
  std::size_t stride_ = 0;
  std::int64_t origin_ = 0;
};

/// What the layers of a block leave at each position.
struct LayerRows {
  Rows x;      ///< what the block reads
  Rows value;  ///< residual: what is mixed
  Rows gate;   ///< residual, or where regions read them: sigmoid of the gate
};

}  // namespace vio::engine::fused
