#include <algorithm>

#include "train/numpy_random.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

namespace {

constexpr double kTail = 0.025;

/// Value at `quantile` of sorted values, linear between neighbours.
double quantile_of(const std::vector<double>& sorted, double quantile) {
  const double place = quantile * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Interval interval_of(const std::vector<Scores>& drawn, double Scores::*score) {
  if (drawn.empty()) {
    return {};
  }
  std::vector<double> values;
  values.reserve(drawn.size());
  for (const auto& one : drawn) {
    values.push_back(one.*score);
  }
  std::ranges::sort(values);
  return {.low = quantile_of(values, kTail), .high = quantile_of(values, 1 - kTail)};
}

}  // namespace

ScoreIntervals bootstrap(const Predictions& predictions, std::size_t resamples,
                         std::uint32_t seed) {
  const auto n = predictions.size();
  std::vector<int> called(n);
  for (std::size_t i = 0; i < n; ++i) {
    called[i] = predictions.predicted(i);
  }
  NumpyRandom random(seed);
  std::vector<Scores> drawn;
  drawn.reserve(resamples);
  for (std::size_t k = 0; k < resamples && n > 0; ++k) {
    ConfusionMatrix matrix(predictions.n_classes);
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = random.interval(n - 1);
      matrix.add(predictions.truth[row], called[row]);
    }
    drawn.push_back(scores(matrix));
  }
  return {.accuracy = interval_of(drawn, &Scores::accuracy),
          .balanced_accuracy = interval_of(drawn, &Scores::balanced_accuracy),
          .macro_f1 = interval_of(drawn, &Scores::macro_f1),
          .mcc = interval_of(drawn, &Scores::mcc)};
}

}  // namespace vio::train
