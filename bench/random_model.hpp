#pragma once

#include "vio/model/model.hpp"

namespace vio::bench {

/// Weights like those of a network before training, always the same.
[[nodiscard]] model::Model random_model(const model::Spec& spec);

}  // namespace vio::bench
