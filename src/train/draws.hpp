#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vio/train/metrics.hpp"

namespace vio::train {

/// Scores of resampled rows; entry i of every list is of the same rows. Which rows a draw has
/// depends on the seed and the number of rows only, so what two models say about the same rows can
/// be compared draw by draw.
struct Draws {
  std::size_t n_classes = 0;
  std::vector<Scores> scores;
  std::vector<ProbabilityScores> probability;
  std::vector<ClassScores> classes;  ///< [draws, n_classes]; of the counts only those of the draw

  [[nodiscard]] std::size_t size() const noexcept { return scores.size(); }
};

/// Resamples rows with replacement `resamples` times. Throws core::UsageError where there are none.
[[nodiscard]] Draws draw_scores(const Predictions& predictions, std::size_t resamples,
                                std::uint32_t seed);

/// From the 2.5th to the 97.5th percentile, linear between neighbours. NaN is left out; where
/// nothing is left, both ends are NaN.
[[nodiscard]] Interval percentile_interval(std::vector<double> values);

/// evaluate() of predictions whose draws are at hand.
[[nodiscard]] Evaluation evaluate(const Predictions& predictions, const Draws& draws);

}  // namespace vio::train
