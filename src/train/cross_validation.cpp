#include "train/cross_validation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace vio::train {

namespace {

/// The 97.5 % quantile of Student's t. Exact to three decimals for few degrees of freedom, where
/// the expansion (Cornish and Fisher) that serves the others is not.
double t_quantile(std::size_t degrees) {
  constexpr std::array<double, 4> kFew = {12.706, 4.303, 3.182, 2.776};
  constexpr double kNormal = 1.959964;
  if (degrees <= kFew.size()) {
    return kFew[degrees - 1];
  }
  const auto n = static_cast<double>(degrees);
  const double z = kNormal;
  const double z3 = z * z * z;
  const double z5 = z3 * z * z;
  const double z7 = z5 * z * z;
  return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
}

template <typename Value>
FoldMean mean_of(const std::vector<FoldResult>& folds, Value value) {
  std::vector<double> values;
  values.reserve(folds.size());
  for (const auto& fold : folds) {
    values.push_back(value(fold));
  }
  return fold_mean(values);
}

FoldMeans means_of(const std::vector<FoldResult>& folds) {
  return {
      .accuracy = mean_of(folds, [](const auto& fold) { return fold.scores.accuracy; }),
      .balanced_accuracy =
          mean_of(folds, [](const auto& fold) { return fold.scores.balanced_accuracy; }),
      .macro_f1 = mean_of(folds, [](const auto& fold) { return fold.scores.macro_f1; }),
      .mcc = mean_of(folds, [](const auto& fold) { return fold.scores.mcc; }),
      .log_loss = mean_of(folds, [](const auto& fold) { return fold.log_loss; }),
  };
}

/// Puts a fold's predictions where its rows stand in the table.
void pool(const Predictions& of_fold, const std::vector<std::size_t>& rows, Predictions& all) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(of_fold.row(i), all.probabilities.begin() +
                                          static_cast<std::ptrdiff_t>(rows[i] * all.n_classes));
  }
}

}  // namespace

FoldMean fold_mean(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) {
    squares += (value - mean) * (value - mean);
  }
  const double half = t_quantile(values.size() - 1) * std::sqrt(squares / (n - 1) / n);
  return {.value = mean, .interval = {.low = mean - half, .high = mean + half}};
}

CrossValidation cross_validate(const Folds& folds, const RunFold& run,
                               const std::function<bool()>& stopped, std::size_t resamples,
                               std::uint32_t seed) {
  CrossValidation result;
  result.groups = folds.group_counts();
  Predictions all{.n_classes = folds.classes(),
                  .probabilities = std::vector<float>(folds.all().size() * folds.classes()),
                  .truth = folds.all().labels};
  for (std::size_t fold = 0; fold < folds.size(); ++fold) {
    const auto parts = folds.parts(fold);
    auto& record = result.folds.emplace_back();
    record.train_rows = parts.train.size();
    record.validation_rows = parts.validation.size();
    record.test_rows = parts.test.size();
    record.dropped_rows = parts.dropped_rows + parts.dropped_added;
    const auto predictions = run(fold, parts, record);
    if (stopped()) {
      result.folds.pop_back();
      return result;
    }
    record.scores = scores(confusion_matrix(predictions));
    record.log_loss = mean_log_loss(predictions);
    pool(predictions, folds.rows(fold), all);
  }
  result.means = means_of(result.folds);
  result.pooled = evaluate(all, resamples, seed);
  return result;
}

}  // namespace vio::train
