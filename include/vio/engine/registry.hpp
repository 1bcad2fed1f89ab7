#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "vio/engine/engine.hpp"

namespace vio::engine {

/// Names accepted by make_engine, besides `auto`.
[[nodiscard]] std::vector<std::string_view> engine_names();

/// Those of them that this build has.
[[nodiscard]] std::vector<std::string_view> available_engines();

/// Makes the named engine, or with `auto` the fastest that the device and this build have. The
/// engine keeps a reference-counted model. Throws core::UsageError where the engine or device
/// cannot be had, never falls back silently.
[[nodiscard]] std::unique_ptr<Engine> make_engine(std::string_view name,
                                                  const std::shared_ptr<const model::Model>& model,
                                                  const EngineOptions& options);

}  // namespace vio::engine
