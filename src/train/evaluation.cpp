#include <algorithm>
#include <cmath>

#include "train/draws.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

namespace {

constexpr double kTail = 0.025;
constexpr std::size_t kRocPoints = 60;

/// Value at `quantile` of sorted values, linear between neighbours.
double quantile_of(const std::vector<double>& sorted, double quantile) {
  const double place = quantile * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Interval of one member over every `stride`-th draw.
template <typename Drawn>
Interval interval_of(const std::vector<Drawn>& drawn, double Drawn::*score, std::size_t first = 0,
                     std::size_t stride = 1) {
  std::vector<double> values;
  for (std::size_t i = first; i < drawn.size(); i += stride) {
    values.push_back(drawn[i].*score);
  }
  return percentile_interval(std::move(values));
}

ScoreIntervals score_intervals(const Draws& draws) {
  return {
      .accuracy = interval_of(draws.scores, &Scores::accuracy),
      .balanced_accuracy = interval_of(draws.scores, &Scores::balanced_accuracy),
      .macro_f1 = interval_of(draws.scores, &Scores::macro_f1),
      .mcc = interval_of(draws.scores, &Scores::mcc),
      .auc = interval_of(draws.probability, &ProbabilityScores::auc),
      .log_loss = interval_of(draws.probability, &ProbabilityScores::log_loss),
      .calibration_error = interval_of(draws.probability, &ProbabilityScores::calibration_error)};
}

std::vector<ClassIntervals> class_intervals(const Draws& draws) {
  std::vector<ClassIntervals> intervals;
  for (std::size_t k = 0; k < draws.n_classes; ++k) {
    const auto of = [&](double ClassScores::*score) {
      return interval_of(draws.classes, score, k, draws.n_classes);
    };
    intervals.push_back({.precision = of(&ClassScores::precision),
                         .recall = of(&ClassScores::recall),
                         .f1 = of(&ClassScores::f1),
                         .auc = of(&ClassScores::auc)});
  }
  return intervals;
}

}  // namespace

Interval percentile_interval(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) {
    return {.low = kUndefined, .high = kUndefined};
  }
  std::ranges::sort(values);
  return {.low = quantile_of(values, kTail), .high = quantile_of(values, 1 - kTail)};
}

Evaluation evaluate(const Predictions& predictions, const Draws& draws) {
  Evaluation result;
  result.matrix = confusion_matrix(predictions);
  result.scores = scores(result.matrix);
  result.classes = class_scores(result.matrix);
  const auto areas = class_aucs(predictions);
  for (std::size_t k = 0; k < areas.size(); ++k) {
    result.classes[k].auc = areas[k];
    result.roc.push_back(roc_curve(predictions, static_cast<int>(k), kRocPoints));
  }
  result.calibration = calibration(predictions);
  result.probability = {.auc = macro_auc(areas),
                        .log_loss = mean_log_loss(predictions),
                        .calibration_error = result.calibration.expected_error};
  result.intervals = score_intervals(draws);
  result.class_intervals = class_intervals(draws);
  result.rows = predictions.size();
  result.resamples = draws.size();
  return result;
}

Evaluation evaluate(const Predictions& predictions, std::size_t resamples, std::uint32_t seed) {
  return evaluate(predictions, draw_scores(predictions, resamples, seed));
}

}  // namespace vio::train
