#pragma once

#include <memory>
#include <string_view>

#include "vio/model/spec.hpp"
#include "vio/train/dataset.hpp"

namespace vio::bench {

/// Scores one batch of windows again and again, on one thread.
class WindowScorer {
 public:
  WindowScorer() = default;
  WindowScorer(const WindowScorer&) = delete;
  WindowScorer& operator=(const WindowScorer&) = delete;
  virtual ~WindowScorer() = default;

  /// Makes of `data` what score() reads.
  virtual void take(const train::Dataset& data) = 0;
  virtual void score() = 0;
};

/// The engine that vio-annotate runs on a CPU.
inline constexpr std::string_view kFusedEngine = "vio-fused";

/// A network with random weights: kFusedEngine, or a contender in LibTorch. Throws
/// core::UsageError for another name.
[[nodiscard]] std::unique_ptr<WindowScorer> make_scorer(std::string_view name,
                                                        const model::Spec& spec);

}  // namespace vio::bench
