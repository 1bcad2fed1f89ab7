#pragma once

#include <memory>

#include "vio/engine/engine.hpp"

namespace vio::engine {

/// The scalar forward pass of every spec: slow, obvious, the oracle of every other engine. Scores
/// each window alone. Thread-safe; the same window gives the same bits whatever stands beside it.
class ReferenceEngine final : public Engine {
 public:
  explicit ReferenceEngine(std::shared_ptr<const model::Model> model);

  [[nodiscard]] std::string_view name() const noexcept override { return "reference"; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::size_t preferred_batch() const noexcept override { return 16; }
  Work score(std::span<const window::Window> windows, std::span<float> probabilities) override;

 private:
  std::shared_ptr<const model::Model> model_;
};

}  // namespace vio::engine
