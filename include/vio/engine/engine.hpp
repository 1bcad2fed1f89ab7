#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "vio/model/model.hpp"
#include "vio/window/window.hpp"

namespace vio::engine {

/// Work done for one batch. Equal where nothing was shared; `computed` falls below `requested`
/// where windows shared work.
struct Work {
  std::uint64_t positions_requested = 0;  ///< real positions of all windows
  std::uint64_t positions_computed = 0;   ///< positions that went through the network
};

/// Scores batches of windows with one model. What it shares between the windows of a batch is its
/// own affair: a window's probabilities are those of the window scored alone.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// `reference`, `torch`, ...
  [[nodiscard]] virtual std::string_view name() const noexcept = 0;
  /// `cpu`, or `cuda:0 (<name of the card>)`.
  [[nodiscard]] virtual std::string device() const = 0;
  /// Windows a batch should hold when the user does not say (-b 0).
  [[nodiscard]] virtual std::size_t preferred_batch() const noexcept = 0;
  /// Symbols of sequence that such a batch should hold at most, where windows overlap less.
  [[nodiscard]] virtual std::size_t preferred_symbols() const noexcept {
    return std::size_t{1} << 20U;
  }

  /// Writes probabilities [n_windows, n_classes], row-major; rows sum to 1. Every window has at
  /// least one position and, for a fixed-window model, at most spec.window. Thread-safe: called
  /// from many threads at once. Throws core::DeviceError.
  virtual Work score(std::span<const window::Window> windows, std::span<float> probabilities) = 0;
};

struct EngineOptions {
  std::string device = "auto";  ///< auto, cpu, cuda, cuda:N
  std::size_t batch_size = 0;   ///< 0: the engine's choice
  int threads = 1;              ///< how many threads will call score() at once
};

}  // namespace vio::engine
