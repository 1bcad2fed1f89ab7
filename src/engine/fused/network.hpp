#pragma once

#include <vector>

#include "engine/fused/kernels.hpp"
#include "engine/fused/packed.hpp"

namespace vio::engine::fused {

/// One block of the stack, packed.
///   gated:     y = norm(mix(x, sigmoid(gate(x))))
///   residual:  y = x + project(mix(value(norm(x)), sigmoid(gate(norm(x)))))
struct PackedBlock {
  model::BlockSpec::Kind kind = model::BlockSpec::Kind::gated;
  PackedDepthwise depth_conv;
  PackedLinear gate;
  PackedLinear value;    ///< residual only
  PackedLinear project;  ///< residual only
  PackedNorm norm;
  std::uint64_t expand_flops = 0;  ///< of value and gate, a position that the block reads
  std::uint64_t mix_flops = 0;     ///< of the rest, a position that it writes
};

/// A model's local features, stem to last block, packed for the kernels.
struct PackedStack {
  explicit PackedStack(const model::Model& model);

  PackedStem stem;
  std::vector<PackedBlock> blocks;
  std::vector<PackedNorm> final_norm;  ///< one or none
  std::size_t channels = 0;
  std::size_t units = 0;
  std::size_t widest = 0;  ///< units of the widest row that a block keeps
  core::Code pad = 0;
  std::size_t folded = 0;  ///< blocks of the model that the stem's table holds, the first ones
  std::uint64_t stem_flops = 0;

  /// Positions that a block reads at most on each side of the one that it writes.
  [[nodiscard]] std::int64_t reach() const noexcept;
};

/// A bound of |x| for every final feature, from the weights alone: what fixed point needs.
[[nodiscard]] double feature_bound(const model::Model& model);

}  // namespace vio::engine::fused
