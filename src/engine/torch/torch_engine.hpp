#pragma once

#include <memory>

#include "vio/engine/engine.hpp"

namespace vio::engine {

/// LibTorch's engine for options.device. Throws core::UsageError where the device cannot be had,
/// core::DeviceError where it is busy or out of memory.
[[nodiscard]] std::unique_ptr<Engine> make_torch_engine(std::shared_ptr<const model::Model> model,
                                                        const EngineOptions& options);

}  // namespace vio::engine
