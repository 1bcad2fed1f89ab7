#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "train/fit_data.hpp"
#include "train/json.hpp"
#include "train/measurement.hpp"
#include "train/temperature.hpp"
#include "vio/train/metrics.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// One round: trained on the other folds, measured on this one.
struct FoldResult {
  std::size_t train_rows = 0;
  std::size_t validation_rows = 0;
  std::size_t test_rows = 0;
  std::size_t dropped_rows = 0;  ///< of the table and of --add-train, as in Parts
  int best_epoch = 0;
  std::optional<TemperatureFit> temperature;  ///< in its weights, from its validation rows
  std::vector<EpochLog> log;
  Scores scores;
  double log_loss = 0;
};

/// A mean over folds.
struct FoldMean {
  double value = 0;
  /// 95 %, by Student's t with folds - 1 degrees of freedom. Folds share training rows, so it is
  /// somewhat too narrow.
  Interval interval;
};

struct FoldMeans {
  FoldMean accuracy;
  FoldMean balanced_accuracy;
  FoldMean macro_f1;
  FoldMean mcc;
  FoldMean log_loss;
};

struct CrossValidation {
  std::vector<FoldResult> folds;
  FoldMeans means;
  /// Of all rows, each predicted by the round that did not train on it: by the model, and by
  /// baselines that learnt from the rows of the same round.
  Measurement pooled;
  GroupCounts groups;
};

/// Mean of at least two values with its interval.
[[nodiscard]] FoldMean fold_mean(const std::vector<double>& values);

/// Trains and predicts one round. An empty result ends the cross-validation early.
using RunFold =
    std::function<Predictions(std::size_t fold, const Parts& parts, FoldResult& result)>;

/// Runs all rounds; `stopped` is asked after each, and true ends with what there is, without means
/// and pooled scores.
[[nodiscard]] CrossValidation cross_validate(const Folds& folds, const RunFold& run,
                                             const std::function<bool()>& stopped,
                                             const MeasureOptions& options);

/// For the metrics file.
[[nodiscard]] OrderedJson cross_validation_to_json(const CrossValidation& result,
                                                   const std::vector<std::string>& classes);
/// For people: every fold, the means, and the report of all rows together.
[[nodiscard]] std::string cross_validation_to_text(const CrossValidation& result,
                                                   const std::vector<std::string>& classes,
                                                   bool colour);

}  // namespace vio::train
