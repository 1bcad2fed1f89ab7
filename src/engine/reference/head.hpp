#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/reference/layers.hpp"

namespace vio::engine::reference {

/// From the pooled vector to probabilities [n_classes]. `codes` are the window's real positions and
/// `whole` tells whether it was a whole sequence.
void classify(const model::Model& model, std::vector<float> pooled,
              std::span<const core::Code> codes, bool whole, std::span<float> probabilities);

}  // namespace vio::engine::reference
