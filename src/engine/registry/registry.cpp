#include "vio/engine/registry.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "vio/core/error.hpp"
#include "vio/core/executable.hpp"
#include "vio/engine/fused/fused_engine.hpp"
#include "vio/engine/module.hpp"
#include "vio/engine/reference/reference_engine.hpp"

namespace vio::engine {

namespace {

using ModelPtr = std::shared_ptr<const model::Model>;

std::filesystem::path module_path(std::string_view name) {
  return core::executable_folder() / ".." / VIO_MODULE_DIR /
         fmt::format("libvio-engine-{}.so", name);
}

bool has_module(std::string_view name) {
  return std::filesystem::exists(module_path(name));
}

void check_runs_on_cpu(std::string_view name, const EngineOptions& options) {
  if (options.device != "auto" && options.device != "cpu") {
    throw core::UsageError(fmt::format(
        "engine '{}' runs on the CPU only, not on '{}': use --device cpu or --engine torch", name,
        options.device));
  }
}

std::unique_ptr<Engine> make_fused(const ModelPtr& model, const EngineOptions& options) {
  check_runs_on_cpu("fused", options);
  return std::make_unique<FusedEngine>(model);
}

std::unique_ptr<Engine> make_reference(const ModelPtr& model, const EngineOptions& options) {
  check_runs_on_cpu("reference", options);
  return std::make_unique<ReferenceEngine>(model);
}

std::unique_ptr<Engine> make_from_module(std::string_view name, const ModelPtr& model,
                                         const EngineOptions& options) {
  const auto path = module_path(name);
  if (!std::filesystem::exists(path)) {
    throw core::UsageError(
        fmt::format("this build has no engine '{0}' ({1} is missing): build with LibTorch, or use "
                    "--engine reference",
                    name, path.lexically_normal().string()));
  }
  // Never unloaded: LibTorch does not survive it.
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    throw core::UsageError(fmt::format("engine '{}' cannot be loaded: {}", name, dlerror()));
  }
  const auto entry = reinterpret_cast<ModuleEntry>(dlsym(handle, kModuleEntry));
  if (entry == nullptr) {
    throw core::UsageError(fmt::format("engine module {} lacks the function {}",
                                       path.lexically_normal().string(), kModuleEntry));
  }
  std::unique_ptr<Engine> engine;
  entry(model, options, engine);
  return engine;
}

std::unique_ptr<Engine> make_torch(const ModelPtr& model, const EngineOptions& options) {
  return make_from_module("torch", model, options);
}

bool always() {
  return true;
}
bool has_torch() {
  return has_module("torch");
}

struct Entry {
  std::string_view name;
  bool (*is_available)();
  std::unique_ptr<Engine> (*make)(const ModelPtr&, const EngineOptions&);
};

// A new engine is one line here.
constexpr Entry kEngines[] = {
    {"fused", always, make_fused},
    {"reference", always, make_reference},
    {"torch", has_torch, make_torch},
};

/// Without asking LibTorch, which takes half a second to load.
bool may_have_gpu() {
  std::error_code ignored;
  return std::filesystem::exists("/dev/nvidiactl", ignored) ||
         std::filesystem::exists("/dev/kfd", ignored);
}

/// A GPU where there is one that LibTorch can use, else the fused engine.
std::unique_ptr<Engine> make_fastest(const ModelPtr& model, const EngineOptions& options) {
  if (options.device != "auto" && options.device != "cpu") {
    return make_torch(model, options);
  }
  if (options.device == "auto" && has_torch() && may_have_gpu()) {
    auto engine = make_torch(model, options);
    if (engine->device() != "cpu") {
      return engine;
    }
  }
  return make_fused(model, options);
}

}  // namespace

std::vector<std::string_view> engine_names() {
  std::vector<std::string_view> names;
  for (const auto& entry : kEngines) {
    names.push_back(entry.name);
  }
  return names;
}

std::vector<std::string_view> available_engines() {
  std::vector<std::string_view> names;
  for (const auto& entry : kEngines) {
    if (entry.is_available()) {
      names.push_back(entry.name);
    }
  }
  return names;
}

std::unique_ptr<Engine> make_engine(std::string_view name, const ModelPtr& model,
                                    const EngineOptions& options) {
  if (name == "auto") {
    return make_fastest(model, options);
  }
  for (const auto& entry : kEngines) {
    if (entry.name == name) {
      return entry.make(model, options);
    }
  }
  throw core::UsageError(
      fmt::format("there is no engine '{}': use auto, {}", name, fmt::join(engine_names(), ", ")));
}

}  // namespace vio::engine
