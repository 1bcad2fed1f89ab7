#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/fused/kernels.hpp"
#include "vio/model/model.hpp"

namespace vio::engine::fused {

/// From pooled vectors to probabilities, for all windows of a batch at once.
class Head {
 public:
  struct Scratch {
    AlignedVector<float> rows;  ///< [windows, row_stride]: pooled vector, then length features
    AlignedVector<float> hidden;
    AlignedVector<float> logits;
    std::vector<double> powers;  ///< of one window
  };
  /// What the head reads of a window beside its pooled vector.
  struct WindowFacts {
    std::int64_t length = 0;
    bool whole = false;
  };

  explicit Head(const model::Model& model);

  /// Values between the pooled vectors of a scratch's rows.
  [[nodiscard]] std::size_t row_stride() const noexcept { return row_stride_; }

  /// `scratch.rows` holds the pooled vectors; the rest of every row is zero. Writes probabilities
  /// [windows, classes].
  void classify(const Kernels& kernels, std::span<const WindowFacts> windows, Scratch& scratch,
                std::span<float> probabilities) const;

 private:
  void add_length(const WindowFacts& window, float* features) const;
  void add_ranges(const WindowFacts& window, std::span<float> logits) const;

  model::LengthSpec length_;
  std::size_t pooled_;
  std::size_t row_stride_;
  std::size_t classes_;
  std::vector<PackedNorm> norm_;      ///< one or none
  std::vector<PackedLinear> hidden_;  ///< one or none
  PackedLinear classifier_;
  std::vector<float> length_logits_;  ///< [lengths, classes]; empty without ranges
};

}  // namespace vio::engine::fused
