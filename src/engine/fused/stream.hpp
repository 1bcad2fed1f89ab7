#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/fused/network.hpp"
#include "engine/fused/rows.hpp"
#include "engine/plan/reach.hpp"

namespace vio::engine::fused {

/// Positions that go through a layer at a time: their rows stay in the first-level cache.
inline constexpr std::int64_t kChunk = 48;

/// The features of a run, all layers, computed from left to right. Of every layer the last
/// positions stay readable, so that what windows on the run share need not be kept whole. Beside
/// the run there is nothing: its ends are computed as a window's edges.
class Stream {
 public:
  Stream(const PackedStack& stack, const Kernels& kernels, const Reach& reach)
      : stack_(stack), kernels_(kernels), reach_(reach), layers_(stack.blocks.size() + 1) {}

  /// Begins a run. `codes` has reach.after(0) times PackedStem::outside before and after it.
  /// Positions [p - keep, p) of every layer stay readable when final features of [0, p) are known;
  /// of gated blocks the gates too, with `keep_gates`.
  void start(const core::Code* codes, std::int64_t length, std::int64_t keep,
             bool keep_gates = false);

  /// Computes final features up to position `until` of the run.
  void advance(std::int64_t until);

  [[nodiscard]] std::int64_t length() const noexcept { return length_; }
  [[nodiscard]] const core::Code* codes() const noexcept { return codes_; }
  [[nodiscard]] const LayerRows& layer(std::size_t i) const noexcept { return layers_[i]; }
  [[nodiscard]] const Rows& final_rows() const noexcept {
    return stack_.final_norm.empty() ? layers_.back().x : final_;
  }
  /// Useful floating-point operations since start().
  [[nodiscard]] std::uint64_t flops() const noexcept { return flops_; }

 private:
  /// Positions that a layer must know for final features up to `until`.
  [[nodiscard]] std::int64_t needed(std::size_t layer, std::int64_t until) const noexcept;
  void make_room(std::int64_t until);
  void gated(std::size_t block, std::int64_t begin, std::int64_t end);
  void expand(std::size_t block, std::int64_t begin, std::int64_t end);
  void mix(std::size_t block, std::int64_t begin, std::int64_t end);
  template <typename Visit>
  void for_rows(Visit visit);

  const PackedStack& stack_;
  const Kernels& kernels_;
  const Reach& reach_;

  const core::Code* codes_ = nullptr;
  std::int64_t length_ = 0;
  std::int64_t keep_ = 0;
  bool keep_gates_ = false;
  std::int64_t done_ = 0;    ///< final features known
  std::int64_t origin_ = 0;  ///< first position that rows hold
  std::int64_t capacity_ = 0;
  std::uint64_t flops_ = 0;
  std::vector<LayerRows> layers_;
  Rows final_;
  AlignedVector<float> chunk_;  ///< [kChunk, widest]
};

}  // namespace vio::engine::fused
