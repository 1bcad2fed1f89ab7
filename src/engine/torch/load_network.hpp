#pragma once

#include <torch/types.h>

#include "vio/engine/torch/network.hpp"

namespace vio::engine {

/// The model on `device`, ready to score. Throws c10::Error where the device has no room.
[[nodiscard]] Network load_network(const model::Model& model, const torch::Device& device);

}  // namespace vio::engine
