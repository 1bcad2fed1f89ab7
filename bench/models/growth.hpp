#pragma once

#include <cstddef>

#include "models/window_scorer.hpp"

namespace vio::bench {

/// What scoring a batch of windows of one length costs on one thread.
struct GrowthPoint {
  std::size_t length = 0;   ///< positions a window
  std::size_t windows = 0;  ///< a batch
  std::size_t repetitions = 0;
  double seconds = 0;         ///< a batch, the fastest, which other work disturbed least
  double median_seconds = 0;  ///< a batch
  double memory_mib = 0;      ///< most resident memory of the process, less what it had before
};

/// Batches hold `positions` in all, or one window where that is longer. Windows are random, because
/// the time does not depend on what is in them. Repeats for `seconds`, but five times at least.
/// `memory_mib` is right for the first call in a process only.
[[nodiscard]] GrowthPoint measure_growth(WindowScorer& scorer, std::size_t length,
                                         std::size_t positions, double seconds);

}  // namespace vio::bench
