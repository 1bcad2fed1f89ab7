#include "train/baselines/word_classifier.hpp"

#include <fmt/format.h>

#include <limits>
#include <memory>

#include "train/baselines/affordable_rows.hpp"
#include "train/baselines/features.hpp"
#include "train/baselines/folds.hpp"

namespace vio::train {

namespace {

constexpr std::size_t kFolds = 5;
constexpr double kStrengths[] = {3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6};
constexpr std::size_t kPatience = 2;

/// From the strongest on, each from the weights of the one before, until two in a row were worse.
double best_strength(const Dataset& rows, const SequenceFeatures& features, std::size_t n_classes,
                     int threads, LinearModel& best_model) {
  const auto fold = held_out_folds(rows.labels, kFolds).front();
  const auto training = select_rows(rows, fold.training);
  const auto held_out = select_rows(rows, fold.held_out);
  const auto training_rows = features.rows_of(training.sequences);
  const auto held_out_rows = features.rows_of(held_out.sequences);
  LinearModel model(features.size(), n_classes);
  double best = kStrengths[0];
  double least = std::numeric_limits<double>::infinity();
  std::size_t worse = 0;
  for (const double strength : kStrengths) {
    model.fit(training_rows, training.labels, strength, threads);
    Predictions predictions{.n_classes = n_classes,
                            .probabilities = std::vector<float>(held_out.size() * n_classes),
                            .truth = held_out.labels};
    for (std::size_t row = 0; row < held_out.size(); ++row) {
      model.predict(held_out_rows, row,
                    std::span(predictions.probabilities).subspan(row * n_classes, n_classes));
    }
    const double loss = mean_log_loss(predictions);
    worse = loss < least ? 0 : worse + 1;
    if (loss < least) {
      least = loss;
      best = strength;
      best_model = model;
    } else if (worse == kPatience) {
      break;
    }
  }
  return best;
}

}  // namespace

SequenceClassifier word_classifier(const Dataset& all, const core::Alphabet& alphabet,
                                   std::size_t n_classes, int threads) {
  const auto training = affordable_rows(all);
  const auto features =
      std::make_shared<SequenceFeatures>(training.sequences, alphabet.size(), true);
  const auto model = std::make_shared<LinearModel>(features->size(), n_classes);
  const double strength = training.size() < kFolds
                              ? kStrengths[0]
                              : best_strength(training, *features, n_classes, threads, *model);
  model->fit(features->rows_of(training.sequences), training.labels, strength, threads);
  auto description = fmt::format(
      "multinomial logistic regression over frequencies of 1- to {}-mers and ranges of lengths, L2 "
      "strength {}",
      features->longest_word(), strength);
  if (training.size() < all.size()) {
    description += fmt::format(", on {} training rows drawn at random", training.size());
  }
  return {.description = std::move(description),
          .classify = [features, model](std::span<const core::Code> codes,
                                        std::span<float> probabilities) {
            SparseRows row;
            features->append(codes, row);
            model->predict(row, 0, probabilities);
          }};
}

}  // namespace vio::train
