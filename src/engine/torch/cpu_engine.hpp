#pragma once

#include <memory>

#include "engine/torch/load_network.hpp"
#include "engine/window_words.hpp"
#include "vio/engine/engine.hpp"

namespace vio::engine {

/// Scores one window a call: as fast on a CPU as a batch, and a window's bits do not depend on its
/// neighbours (in a batch they depend on its shape and on the window's row).
class TorchCpuEngine final : public Engine {
 public:
  explicit TorchCpuEngine(std::shared_ptr<const model::Model> model);

  [[nodiscard]] std::string_view name() const noexcept override { return "torch"; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::size_t preferred_batch() const noexcept override { return 16; }
  Work score(std::span<const window::Window> windows, std::span<float> probabilities) override;

 private:
  std::shared_ptr<const model::Model> model_;
  Network network_;
  WindowWords words_;
};

}  // namespace vio::engine
