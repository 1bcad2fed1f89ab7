#include "vio/train/metrics.hpp"

#include <algorithm>
#include <cmath>

namespace vio::train {

namespace {

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

/// Gorodkin's R_K, which is Matthews' coefficient for two classes.
double matthews(const std::vector<ClassScores>& classes, double correct, double total) {
  double overlap = 0;
  double predicted_square = 0;
  double support_square = 0;
  for (const auto& of_class : classes) {
    const auto predicted = static_cast<double>(of_class.predicted);
    const auto support = static_cast<double>(of_class.support);
    overlap += predicted * support;
    predicted_square += predicted * predicted;
    support_square += support * support;
  }
  const double spread = (total * total - predicted_square) * (total * total - support_square);
  return spread > 0 ? (correct * total - overlap) / std::sqrt(spread) : 0;
}

double correct_rows(const ConfusionMatrix& matrix) {
  double correct = 0;
  for (std::size_t k = 0; k < matrix.n_classes; ++k) {
    correct += static_cast<double>(matrix.at(static_cast<int>(k), static_cast<int>(k)));
  }
  return correct;
}

}  // namespace

int Predictions::predicted(std::size_t i) const {
  const auto probability = row(i);
  return static_cast<int>(std::ranges::max_element(probability) - probability.begin());
}

std::vector<ClassScores> class_scores(const ConfusionMatrix& matrix) {
  const auto n = static_cast<int>(matrix.n_classes);
  std::vector<ClassScores> classes(matrix.n_classes);
  for (int truth = 0; truth < n; ++truth) {
    for (int predicted = 0; predicted < n; ++predicted) {
      classes[static_cast<std::size_t>(truth)].support += matrix.at(truth, predicted);
      classes[static_cast<std::size_t>(predicted)].predicted += matrix.at(truth, predicted);
    }
  }
  for (int k = 0; k < n; ++k) {
    auto& of_class = classes[static_cast<std::size_t>(k)];
    const auto hits = static_cast<double>(matrix.at(k, k));
    of_class.precision = ratio(hits, static_cast<double>(of_class.predicted));
    of_class.recall = ratio(hits, static_cast<double>(of_class.support));
    of_class.f1 = ratio(2 * hits, static_cast<double>(of_class.predicted + of_class.support));
  }
  return classes;
}

Scores scores(const ConfusionMatrix& matrix) {
  const auto classes = class_scores(matrix);
  const double correct = correct_rows(matrix);
  double total = 0;
  double recall_sum = 0;
  double f1_sum = 0;
  int occurring = 0;
  int occurring_or_predicted = 0;
  for (const auto& of_class : classes) {
    total += static_cast<double>(of_class.support);
    recall_sum += of_class.recall;
    f1_sum += of_class.f1;
    occurring += of_class.support > 0 ? 1 : 0;
    occurring_or_predicted += of_class.support + of_class.predicted > 0 ? 1 : 0;
  }
  return {.accuracy = ratio(correct, total),
          .balanced_accuracy = ratio(recall_sum, occurring),
          .macro_f1 = ratio(f1_sum, occurring_or_predicted),
          .mcc = matthews(classes, correct, total)};
}

ConfusionMatrix confusion_matrix(const Predictions& predictions) {
  ConfusionMatrix matrix(predictions.n_classes);
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    matrix.add(predictions.truth[i], predictions.predicted(i));
  }
  return matrix;
}

std::size_t calibration_bin(double confidence, std::size_t n_bins) {
  const auto bin = static_cast<std::size_t>(confidence * static_cast<double>(n_bins));
  return std::min(bin, n_bins - 1);
}

Calibration calibration(const Predictions& predictions, std::size_t n_bins) {
  Calibration result;
  result.bins.resize(n_bins);
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const int called = predictions.predicted(i);
    const double confidence = predictions.row(i)[static_cast<std::size_t>(called)];
    auto& into = result.bins[calibration_bin(confidence, n_bins)];
    ++into.rows;
    into.confidence += confidence;
    into.accuracy += called == predictions.truth[i] ? 1 : 0;
  }
  for (auto& bin : result.bins) {
    const auto rows = static_cast<double>(bin.rows);
    result.expected_error +=
        ratio(std::abs(bin.confidence - bin.accuracy), static_cast<double>(predictions.size()));
    bin.confidence = ratio(bin.confidence, rows);
    bin.accuracy = ratio(bin.accuracy, rows);
  }
  return result;
}

double log_loss(double probability) {
  constexpr double kSmallest = 1e-12;
  return -std::log(std::max(probability, kSmallest));
}

double mean_log_loss(const Predictions& predictions) {
  double sum = 0;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    sum += log_loss(predictions.row(i)[static_cast<std::size_t>(predictions.truth[i])]);
  }
  return ratio(sum, static_cast<double>(predictions.size()));
}

}  // namespace vio::train
