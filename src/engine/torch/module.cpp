#include "vio/engine/module.hpp"
#include <type_traits>

#include "engine/torch/torch_engine.hpp"

extern "C" __attribute__((visibility("default"))) void vio_make_engine(
    const std::shared_ptr<const vio::model::Model>& model,
    const vio::engine::EngineOptions& options, std::unique_ptr<vio::engine::Engine>& engine) {
  engine = vio::engine::make_torch_engine(model, options);
}

// The registry finds the function by this name and calls it as this type.
static_assert(std::is_same_v<decltype(&vio_make_engine), vio::engine::ModuleEntry>);
