#include "train/cross_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "train/fit_measure.hpp"

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

/// Puts together what the rounds say, where their rows stand in the table.
class Pool {
 public:
  explicit Pool(const Folds& folds) : truth_(folds.all().labels), all_(empty(folds.classes())) {}

  void add(const Predictions& predictions, Reference reference,
           const std::vector<std::size_t>& rows) {
    place(predictions, rows, all_);
    for (std::size_t i = 0; i < reference.baselines.size(); ++i) {
      add_baseline(i, std::move(reference.baselines[i]), rows);
    }
    add_overlap(reference.overlap, rows);
    ++rounds_;
  }

  [[nodiscard]] Measurement measured(const MeasureOptions& options) {
    std::ranges::sort(reference_.overlap.unlike);
    return measure(all_, std::move(reference_), options);
  }

 private:
  [[nodiscard]] Predictions empty(std::size_t n_classes) const {
    return {.n_classes = n_classes,
            .probabilities = std::vector<float>(truth_.size() * n_classes),
            .truth = truth_};
  }

  static void place(const Predictions& of_fold, const std::vector<std::size_t>& rows,
                    Predictions& all) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::ranges::copy(of_fold.row(i), all.probabilities.begin() +
                                            static_cast<std::ptrdiff_t>(rows[i] * all.n_classes));
    }
  }

  /// What is chosen for a baseline may differ from round to round, and so its description.
  void add_baseline(std::size_t number, Baseline of_fold, const std::vector<std::size_t>& rows) {
    if (rounds_ == 0) {
      reference_.baselines.push_back({.name = std::move(of_fold.name),
                                      .description = {},
                                      .predictions = empty(all_.n_classes),
                                      .seconds = 0});
    }
    auto& baseline = reference_.baselines[number];
    baseline.description +=
        fmt::format("{}fold {}: {}", rounds_ == 0 ? "" : "; ", rounds_ + 1, of_fold.description);
    baseline.seconds += of_fold.seconds;
    place(of_fold.predictions, rows, baseline.predictions);
  }

  void add_overlap(const Overlap& of_fold, const std::vector<std::size_t>& rows) {
    auto& overlap = reference_.overlap;
    overlap.test_rows += of_fold.test_rows;
    overlap.training_rows = std::max(overlap.training_rows, of_fold.training_rows);
    overlap.identical += of_fold.identical;
    overlap.nearly_the_same += of_fold.nearly_the_same;
    overlap.similar += of_fold.similar;
    for (const auto row : of_fold.unlike) {
      overlap.unlike.push_back(rows[row]);
    }
  }

  std::vector<int> truth_;
  Predictions all_;
  Reference reference_;
  std::size_t rounds_ = 0;
};

FoldResult fold_result(const Parts& parts) {
  FoldResult result;
  result.train_rows = parts.train.size();
  result.validation_rows = parts.validation.size();
  result.test_rows = parts.test.size();
  result.dropped_rows = parts.dropped_rows + parts.dropped_added;
  return result;
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
                               const std::function<bool()>& stopped,
                               const MeasureOptions& options) {
  CrossValidation result;
  result.groups = folds.group_counts();
  Pool pool(folds);
  for (std::size_t fold = 0; fold < folds.size(); ++fold) {
    const auto parts = folds.parts(fold);
    auto record = fold_result(parts);
    const auto predictions = run(fold, parts, record);
    if (stopped()) {
      return result;
    }
    record.scores = scores(confusion_matrix(predictions));
    record.log_loss = mean_log_loss(predictions);
    result.folds.push_back(std::move(record));
    pool.add(predictions,
             make_reference(parts.test, known_rows(parts), folds.alphabet(), folds.classes(),
                            options.threads),
             folds.rows(fold));
  }
  result.means = means_of(result.folds);
  result.pooled = pool.measured(options);
  return result;
}

}  // namespace vio::train
