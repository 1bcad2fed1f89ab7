#pragma once

#include <memory>

#include "vio/engine/engine.hpp"

namespace vio::engine {

/// The engine for CPUs: every layer in SIMD code of the best target that the machine runs (AVX-512,
/// AVX2, SSE4, NEON, ...), chosen when it is made. The environment variable VIO_SIMD_TARGET forces
/// one. A window's probabilities have the same bits whatever else is in its batch.
class FusedEngine final : public Engine {
 public:
  /// Packs the weights. Throws core::UsageError for a target that this machine lacks.
  explicit FusedEngine(std::shared_ptr<const model::Model> model);
  ~FusedEngine() override;

  [[nodiscard]] std::string_view name() const noexcept override { return "fused"; }
  [[nodiscard]] std::string device() const override;
  /// Many, because the neighbours in a batch share work; and few enough symbols that a small genome
  /// keeps all threads busy.
  [[nodiscard]] std::size_t preferred_batch() const noexcept override { return 1024; }
  [[nodiscard]] std::size_t preferred_symbols() const noexcept override {
    return std::size_t{1} << 16U;
  }
  Work score(std::span<const window::Window> windows, std::span<float> probabilities) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vio::engine
