#pragma once

#include <cstddef>

#include "train/classifier.hpp"

namespace vio::bench {

/// How fast a network trains where every worker has a core of its own: in rows per processor second
/// of all workers, times the workers.
struct Pace {
  std::size_t rows = 0;  ///< that were trained on, again and again
  std::size_t repetitions = 0;
  double rows_a_second = 0;         ///< from the fastest repetition of every step
  double median_rows_a_second = 0;  ///< from the median of every step
};

/// Trains `repetitions` times from the start, on the same `rows` rows (whole batches, an epoch at
/// most) and with the same draws, and throws the networks away. Because the work is the same, the
/// fastest repetition of every step is what it takes when nothing else disturbs it.
[[nodiscard]] Pace measure_pace(const train::Trainable& trainable, const train::Dataset& data,
                                const train::FitOptions& options, std::size_t rows,
                                std::size_t repetitions);

}  // namespace vio::bench
