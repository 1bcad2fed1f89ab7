#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/reference/layers.hpp"

namespace vio::engine::reference {

/// From the pooled vector to probabilities [n_classes]. `length` is the window's real length and
/// `whole` tells whether it was a whole sequence.
void classify(const model::Model& model, std::vector<float> pooled, std::int64_t length, bool whole,
              std::span<float> probabilities);

}  // namespace vio::engine::reference
