#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vio::train {

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
  std::int64_t support = 0;    ///< rows that are of the class
  std::int64_t predicted = 0;  ///< rows that were called the class
};

struct Scores {
  double accuracy = 0;
  double balanced_accuracy = 0;  ///< mean recall over classes that occur
  double macro_f1 = 0;           ///< mean F1 over classes that occur or were predicted
  double mcc = 0;                ///< Matthews correlation of several classes; 0 where undefined
};

[[nodiscard]] std::vector<ClassScores> class_scores(const ConfusionMatrix& matrix);
[[nodiscard]] Scores scores(const ConfusionMatrix& matrix);

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
};

/// Rows whose highest probability falls into one of the equal bins of [0, 1].
struct CalibrationBin {
  std::int64_t rows = 0;
  double confidence = 0;  ///< mean highest probability
  double accuracy = 0;
};

struct Calibration {
  std::vector<CalibrationBin> bins;
  double expected_error = 0;  ///< ECE: mean |confidence - accuracy|, weighted by rows
};

inline constexpr std::size_t kCalibrationBins = 15;

[[nodiscard]] ConfusionMatrix confusion_matrix(const Predictions& predictions);
[[nodiscard]] Calibration calibration(const Predictions& predictions,
                                      std::size_t n_bins = kCalibrationBins);
/// Mean of -ln p(truth), p not below 1e-12.
[[nodiscard]] double mean_log_loss(const Predictions& predictions);
/// Resamples rows with replacement `resamples` times; the same seed gives the same intervals.
[[nodiscard]] ScoreIntervals bootstrap(const Predictions& predictions, std::size_t resamples,
                                       std::uint32_t seed);

/// Everything `vio-train evaluate` reports.
struct Evaluation {
  ConfusionMatrix matrix{0};
  Scores scores;
  ScoreIntervals intervals;
  std::vector<ClassScores> classes;
  Calibration calibration;
  double log_loss = 0;
  std::size_t rows = 0;
  std::size_t resamples = 0;
};

/// Throws core::UsageError where there are no rows.
[[nodiscard]] Evaluation evaluate(const Predictions& predictions, std::size_t resamples,
                                  std::uint32_t seed);

}  // namespace vio::train
