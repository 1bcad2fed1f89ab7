#pragma once

#include <string>
#include <vector>

#include "engine/reference/layers.hpp"

namespace vio::engine::reference {

/// Memory that blocks work in; one per call of score(), so that no position allocates.
struct BlockScratch {
  Features next;             ///< [positions, C]
  Features values;           ///< residual: a of every position, [positions, H]
  Features gates;            ///< residual: g of every position, [positions, H]
  std::vector<float> mixed;  ///< convolved channels of one position
  std::vector<float> side;   ///< gates or normalised channels of one position
  std::vector<float> pair;   ///< residual: [a, g] of one position
};

/// Replaces `x` [positions, C] by the block's output. `name` is such as `blocks.0`.
void apply_block(const model::Model& model, const model::BlockSpec& block, const std::string& name,
                 Features& x, BlockScratch& scratch);

}  // namespace vio::engine::reference
