#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "train/baselines/baselines.hpp"
#include "train/overlap.hpp"
#include "vio/core/alphabet.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// A score of the model minus that of a baseline, on the same rows.
struct Difference {
  double value = 0;
  Interval interval;  ///< over resampled rows, the same ones for both
};

enum class Verdict : std::uint8_t {
  beaten,       ///< the model's MCC is higher, and the interval of the difference is above 0
  not_clearly,  ///< it is higher, but the interval reaches 0
  not_beaten,   ///< it is not higher
};

/// A baseline beside the model.
struct Comparison {
  std::string name;
  std::string description;
  double seconds = 0;
  Evaluation evaluation;
  Difference accuracy;
  Difference macro_f1;
  Difference mcc;
  Verdict verdict = Verdict::not_beaten;
};

/// What only can be known where the training rows are.
struct AgainstTraining {
  std::vector<Comparison> baselines;
  Overlap overlap;
  /// Scores on the test rows that resemble no training row; nothing where there are none.
  std::optional<Scores> unlike;

  [[nodiscard]] bool beats_baselines() const;
};

/// Everything that evaluate and fit report of a test part.
struct Measurement {
  Evaluation evaluation;
  std::optional<AgainstTraining> against;
};

/// What can be said of test rows from the training rows alone, without the model.
struct Reference {
  std::vector<Baseline> baselines;
  Overlap overlap;
};
[[nodiscard]] Reference make_reference(const Dataset& test, const Dataset& training,
                                       const core::Alphabet& alphabet, std::size_t n_classes,
                                       int threads);

struct MeasureOptions {
  std::size_t resamples = 2000;
  std::uint32_t seed = 0;  ///< of the resampling
  int threads = 1;         ///< results do not depend on it
};

/// Measures what a model said about `test`. Throws core::UsageError where there are no rows.
[[nodiscard]] Measurement measure(const Predictions& predictions, const MeasureOptions& options);
/// The same beside what is known of the same rows.
[[nodiscard]] Measurement measure(const Predictions& predictions, Reference reference,
                                  const MeasureOptions& options);
/// The same beside what baselines learn from `training`, and what of the test rows is in it.
[[nodiscard]] Measurement measure(const Predictions& predictions, const Dataset& test,
                                  const Dataset& training, const core::Alphabet& alphabet,
                                  const MeasureOptions& options);

}  // namespace vio::train
