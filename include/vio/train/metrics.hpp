#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace vio::train {

/// A score that the rows do not define, such as the AUC of a class without rows.
inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// What a model said about labelled rows.
struct Predictions {
  std::size_t n_classes = 0;
  std::vector<float> probabilities;  ///< [rows, n_classes], row-major; rows sum to 1
  std::vector<int> truth;            ///< class numbers, one a row

  [[nodiscard]] std::size_t size() const noexcept { return truth.size(); }
  [[nodiscard]] std::span<const float> row(std::size_t i) const {
    return std::span(probabilities).subspan(i * n_classes, n_classes);
  }
  /// The class with the highest probability; ties go to the first.
  [[nodiscard]] int predicted(std::size_t i) const;
};

/// counts[truth * n_classes + predicted].
struct ConfusionMatrix {
  std::size_t n_classes = 0;
  std::vector<std::int64_t> counts;

  explicit ConfusionMatrix(std::size_t n) : n_classes(n), counts(n * n) {}
  void add(int truth, int predicted) { ++counts[index(truth, predicted)]; }
  [[nodiscard]] std::int64_t at(int truth, int predicted) const {
    return counts[index(truth, predicted)];
  }

 private:
  [[nodiscard]] std::size_t index(int truth, int predicted) const {
    return static_cast<std::size_t>(truth) * n_classes + static_cast<std::size_t>(predicted);
  }
};

/// Quality of one class; a ratio without a denominator is 0, as in scikit-learn.
struct ClassScores {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  double auc = kUndefined;     ///< of the class against the rest; a confusion matrix has none
  std::int64_t support = 0;    ///< rows that are of the class
  std::int64_t predicted = 0;  ///< rows that were called the class
};

/// What the called classes are worth.
struct Scores {
  double accuracy = 0;
  double balanced_accuracy = 0;  ///< mean recall over classes that occur
  double macro_f1 = 0;           ///< mean F1 over classes that occur or were predicted
  double mcc = 0;                ///< Matthews correlation of several classes; 0 where undefined
};

/// What the probabilities are worth.
struct ProbabilityScores {
  double auc = kUndefined;       ///< mean over the classes for which it is defined
  double log_loss = 0;           ///< mean of -ln p(truth), p not below 1e-12
  double calibration_error = 0;  ///< ECE: mean |confidence - accuracy| of the bins, by their rows
};

[[nodiscard]] std::vector<ClassScores> class_scores(const ConfusionMatrix& matrix);
[[nodiscard]] Scores scores(const ConfusionMatrix& matrix);

/// NaN at both ends where the score is undefined.
struct Interval {
  double low = 0;
  double high = 0;
};

/// 95 % intervals, from percentiles over resampled rows.
struct ScoreIntervals {
  Interval accuracy;
  Interval balanced_accuracy;
  Interval macro_f1;
  Interval mcc;
  Interval auc;
  Interval log_loss;
  Interval calibration_error;
};

struct ClassIntervals {
  Interval precision;
  Interval recall;
  Interval f1;
  Interval auc;
};

/// Rows whose highest probability falls into one of the equal bins of [0, 1].
struct CalibrationBin {
  std::int64_t rows = 0;
  double confidence = 0;  ///< mean highest probability
  double accuracy = 0;
};

struct Calibration {
  std::vector<CalibrationBin> bins;
  double expected_error = 0;  ///< ProbabilityScores::calibration_error
};

inline constexpr std::size_t kCalibrationBins = 15;

/// The bin of a highest probability.
[[nodiscard]] std::size_t calibration_bin(double confidence, std::size_t n_bins);
/// -ln of what the truth was given, not below 1e-12.
[[nodiscard]] double log_loss(double probability);

[[nodiscard]] ConfusionMatrix confusion_matrix(const Predictions& predictions);
[[nodiscard]] Calibration calibration(const Predictions& predictions,
                                      std::size_t n_bins = kCalibrationBins);
/// Mean of log_loss over the rows.
[[nodiscard]] double mean_log_loss(const Predictions& predictions);
/// Area under the ROC curve of each class against the rest: the probability that a row of the class
/// has a higher probability of it than another row, ties counting half. kUndefined where all rows
/// or none are of the class.
[[nodiscard]] std::vector<double> class_aucs(const Predictions& predictions);
/// Their mean over the classes for which it is defined.
[[nodiscard]] double macro_auc(std::span<const double> of_classes);

/// A threshold's rates: rows of the class that reach it, and other rows that do.
struct RocPoint {
  double false_positive_rate = 0;
  double true_positive_rate = 0;
};

/// The curve of one class against the rest from (0, 0) to (1, 1), thinned to at most `most_points`;
/// empty where the class's AUC is undefined.
[[nodiscard]] std::vector<RocPoint> roc_curve(const Predictions& predictions, int of_class,
                                              std::size_t most_points);

/// Everything `vio-train evaluate` reports about a model's probabilities.
struct Evaluation {
  ConfusionMatrix matrix{0};
  Scores scores;
  ProbabilityScores probability;
  ScoreIntervals intervals;
  std::vector<ClassScores> classes;
  std::vector<ClassIntervals> class_intervals;
  std::vector<std::vector<RocPoint>> roc;  ///< one curve a class
  Calibration calibration;
  std::size_t rows = 0;
  std::size_t resamples = 0;
};

/// The same seed gives the same intervals. Throws core::UsageError where there are no rows.
[[nodiscard]] Evaluation evaluate(const Predictions& predictions, std::size_t resamples,
                                  std::uint32_t seed);

}  // namespace vio::train
