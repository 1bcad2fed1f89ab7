#pragma once

#include <memory>

#include "vio/engine/engine.hpp"

namespace vio::engine {

/// An engine that needs a large library lives in a shared module, loaded only when it is asked for.
/// The module `libvio-engine-<name>.so` exports one function of this type with C linkage under
/// kModuleEntry. It throws what make_engine throws.
using ModuleEntry = void (*)(const std::shared_ptr<const model::Model>& model,
                             const EngineOptions& options, std::unique_ptr<Engine>& engine);

inline constexpr const char* kModuleEntry = "vio_make_engine";

}  // namespace vio::engine
