#pragma once

#include <cstdint>
#include <vector>

#include "engine/fused/stream.hpp"
#include "engine/plan/plan.hpp"

namespace vio::engine::fused {

/// Rows of features, and where what a layer makes of each goes.
struct ScatteredRows {
  std::vector<const float*> x;
  std::vector<float*> y;

  void clear() noexcept {
    x.clear();
    y.clear();
  }
};

/// Computes what a run does not know of a window on it, layer by layer: only positions that the
/// region reaches, reading beside them what the run's stream keeps. Layers are steps of their own,
/// so that several regions go through one while its weights are in the first-level cache.
class RegionFeatures {
 public:
  RegionFeatures(const PackedStack& stack, const Kernels& kernels, const Reach& reach)
      : stack_(stack), kernels_(kernels), reach_(reach) {}

  /// Begins with the stem. Until finish() the stream must know the run's final features up to
  /// ready() and still keep those from first().
  void start(const Stream& stream, const Placement& window, Region region);
  /// Before a gated block: adds the positions whose gates are not the run's. A gate reads its own
  /// position only, so it is the run's where the position's input is.
  void want_gates(std::size_t i, ScatteredRows& rows);
  /// Computes block `i`, after all before it.
  void block(const Stream& stream, std::size_t i);
  void finish();

  /// Final features of the window's positions [begin(), end()), until the next start().
  [[nodiscard]] std::int64_t begin() const noexcept { return begin_; }
  [[nodiscard]] std::int64_t end() const noexcept { return end_; }
  [[nodiscard]] const float* rows() const noexcept { return x_.at(begin_); }
  /// Useful floating-point operations since start().
  [[nodiscard]] std::uint64_t flops() const noexcept { return flops_; }

  /// The run's first position that is read.
  [[nodiscard]] std::int64_t first(const Placement& window, Region region) const noexcept;
  /// The run's position up to which final features must be known.
  [[nodiscard]] std::int64_t ready(const Placement& window, Region region,
                                   std::int64_t run_length) const noexcept;

 private:
  struct Range {
    std::int64_t begin;
    std::int64_t end;
  };
  [[nodiscard]] Range fresh(std::size_t layer) const noexcept;
  void stem(const Stream& stream);
  void gated(const PackedBlock& block, const LayerRows& run, Range old, Range now);
  void residual(const PackedBlock& block, const LayerRows& run, Range old, Range now);
  /// Fills [range.begin, old.begin) and [old.end, range.end) from the run, zeros beside the window.
  void surround(Rows& rows, const Rows& run, Range old, Range range) const;
  void copy(Rows& rows, const Rows& run, Range range) const;

  const PackedStack& stack_;
  const Kernels& kernels_;
  const Reach& reach_;

  Placement window_;
  Region region_;
  std::int64_t origin_ = 0;  ///< first position that rows hold
  std::int64_t capacity_ = 0;
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
  std::uint64_t flops_ = 0;
  std::vector<core::Code> codes_;
  Rows x_;
  Rows value_;
  Rows gate_;
  AlignedVector<float> mixed_;
};

}  // namespace vio::engine::fused
