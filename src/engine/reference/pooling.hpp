#pragma once

#include <cstddef>
#include <vector>

#include "engine/reference/layers.hpp"

namespace vio::engine::reference {

/// The pooled vector over the first `positions` of `x`: the spec's kinds, concatenated.
/// `positions` is at least 1.
[[nodiscard]] std::vector<float> pool(const model::Model& model, const Features& x,
                                      std::size_t positions);

}  // namespace vio::engine::reference
