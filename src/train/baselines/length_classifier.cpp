#include "train/baselines/length_classifier.hpp"

#include <fmt/format.h>

#include <limits>
#include <memory>

#include "train/baselines/features.hpp"
#include "train/baselines/folds.hpp"
#include "train/baselines/length_histogram.hpp"

namespace vio::train {

namespace {

constexpr std::size_t kFolds = 5;
constexpr double kSmoothings[] = {1, 4, 16, 64};
constexpr double kStrengths[] = {1e-3, 1e-4, 1e-5};

using Make = std::function<SequenceClassifier(const Dataset&)>;

SequenceClassifier histogram(const Dataset& training, std::size_t n_classes, double smoothing) {
  const auto counts = std::make_shared<LengthHistogram>(training, n_classes, smoothing);
  return {.description = fmt::format(
              "histogram of lengths, smoothed towards wider ranges as by {} rows", smoothing),
          .classify = [counts](std::span<const core::Code> codes, std::span<float> probabilities) {
            counts->predict(codes.size(), probabilities);
          }};
}

SequenceClassifier linear(const Dataset& training, std::size_t n_classes, double strength,
                          int threads) {
  const auto features = std::make_shared<SequenceFeatures>(training.sequences, 0, false);
  const auto model = std::make_shared<LinearModel>(features->size(), n_classes);
  model->fit(features->rows_of(training.sequences), training.labels, strength, threads);
  return {.description = fmt::format(
              "multinomial logistic regression over ranges of lengths, L2 strength {}", strength),
          .classify = [features, model](std::span<const core::Code> codes,
                                        std::span<float> probabilities) {
            SparseRows row;
            features->append(codes, row);
            model->predict(row, 0, probabilities);
          }};
}

/// Log-loss of every row, classified by what the other folds made.
double cross_validated_loss(const Dataset& rows, const std::vector<Fold>& folds,
                            std::size_t n_classes, int threads, const Make& make) {
  double loss = 0;
  for (const auto& fold : folds) {
    const auto held_out = select_rows(rows, fold.held_out);
    if (held_out.size() > 0 && !fold.training.empty()) {
      const auto classifier = make(select_rows(rows, fold.training));
      loss += mean_log_loss(classify_rows(classifier, held_out, n_classes, threads)) *
              static_cast<double>(held_out.size());
    }
  }
  return loss;
}

}  // namespace

SequenceClassifier length_classifier(const Dataset& training, std::size_t n_classes, int threads) {
  std::vector<Make> candidates;
  for (const double smoothing : kSmoothings) {
    candidates.emplace_back(
        [=](const Dataset& rows) { return histogram(rows, n_classes, smoothing); });
  }
  for (const double strength : kStrengths) {
    candidates.emplace_back(
        [=](const Dataset& rows) { return linear(rows, n_classes, strength, threads); });
  }
  const auto folds = held_out_folds(training.labels, kFolds);
  double least = std::numeric_limits<double>::infinity();
  const Make* best = &candidates.front();
  for (const auto& candidate : candidates) {
    const double loss = cross_validated_loss(training, folds, n_classes, threads, candidate);
    if (loss < least) {
      least = loss;
      best = &candidate;
    }
  }
  return (*best)(training);
}

}  // namespace vio::train
