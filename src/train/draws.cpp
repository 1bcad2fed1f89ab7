#include "train/draws.hpp"

#include <algorithm>
#include <cmath>

#include "train/numpy_random.hpp"
#include "train/roc.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

void add(Lanes& sum, const Lanes& weights, double times) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    sum[lane] += weights[lane] * times;
  }
}

/// What the scores of any draw need to know of a row.
struct RowFacts {
  std::size_t cell = 0;  ///< of the confusion matrix
  std::size_t bin = 0;   ///< of the calibration
  double confidence = 0;
  double hit = 0;
  double loss = 0;
};

/// Scores of kLanes draws at once: every sum over rows is one over rows times their weights.
class Resampler {
 public:
  explicit Resampler(const Predictions& predictions)
      : predictions_(predictions), weights_(predictions.size()) {
    for (std::size_t row = 0; row < predictions.size(); ++row) {
      facts_.push_back(facts_of(row));
    }
    for (std::size_t k = 0; k < predictions.n_classes; ++k) {
      rankings_.emplace_back(predictions, static_cast<int>(k));
    }
  }

  /// Appends the scores of the next `n` draws, at most kLanes.
  void draw(NumpyRandom& random, std::size_t n, Draws& draws) {
    std::ranges::fill(weights_, Lanes{});
    const auto rows = weights_.size();
    for (std::size_t lane = 0; lane < n; ++lane) {
      for (std::size_t i = 0; i < rows; ++i) {
        weights_[random.interval(rows - 1)][lane] += 1;
      }
    }
    sum_rows();
    for (std::size_t k = 0; k < rankings_.size(); ++k) {
      areas_[k] = rankings_[k].areas(weights_);
    }
    for (std::size_t lane = 0; lane < n; ++lane) {
      append(lane, draws);
    }
  }

 private:
  [[nodiscard]] RowFacts facts_of(std::size_t row) const {
    const auto called = static_cast<std::size_t>(predictions_.predicted(row));
    const auto truth = static_cast<std::size_t>(predictions_.truth[row]);
    const double confidence = predictions_.row(row)[called];
    return {.cell = truth * predictions_.n_classes + called,
            .bin = calibration_bin(confidence, kCalibrationBins),
            .confidence = confidence,
            .hit = called == truth ? 1.0 : 0.0,
            .loss = log_loss(predictions_.row(row)[truth])};
  }

  void sum_rows() {
    std::ranges::fill(cells_, Lanes{});
    std::ranges::fill(gaps_, Lanes{});
    loss_ = {};
    for (std::size_t row = 0; row < facts_.size(); ++row) {
      const auto& facts = facts_[row];
      const auto& weights = weights_[row];
      add(cells_[facts.cell], weights, 1);
      add(gaps_[facts.bin], weights, facts.confidence - facts.hit);
      add(loss_, weights, facts.loss);
    }
  }

  void append(std::size_t lane, Draws& draws) const {
    const auto rows = static_cast<double>(facts_.size());
    ConfusionMatrix matrix(predictions_.n_classes);
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      matrix.counts[cell] = static_cast<std::int64_t>(cells_[cell][lane]);
    }
    auto classes = class_scores(matrix);
    std::vector<double> areas;
    for (std::size_t k = 0; k < classes.size(); ++k) {
      areas.push_back(areas_[k][lane]);
      classes[k].auc = areas_[k][lane];
    }
    double gaps = 0;
    for (const auto& gap : gaps_) {
      gaps += std::abs(gap[lane]);
    }
    draws.scores.push_back(scores(matrix));
    draws.probability.push_back({.auc = macro_auc(areas),
                                 .log_loss = loss_[lane] / rows,
                                 .calibration_error = gaps / rows});
    draws.classes.insert(draws.classes.end(), classes.begin(), classes.end());
  }

  const Predictions& predictions_;
  std::vector<RowFacts> facts_;
  std::vector<ClassRanking> rankings_;
  std::vector<Lanes> weights_;  ///< how often a draw has a row
  std::vector<Lanes> cells_ = std::vector<Lanes>(predictions_.n_classes * predictions_.n_classes);
  std::vector<Lanes> gaps_ = std::vector<Lanes>(kCalibrationBins);
  std::vector<Lanes> areas_ = std::vector<Lanes>(predictions_.n_classes);
  Lanes loss_{};
};

}  // namespace

Draws draw_scores(const Predictions& predictions, std::size_t resamples, std::uint32_t seed) {
  if (predictions.size() == 0) {
    throw core::UsageError(
        "there are no rows to evaluate; expected at least one labelled sequence");
  }
  Draws draws{.n_classes = predictions.n_classes, .scores = {}, .probability = {}, .classes = {}};
  NumpyRandom random(seed);
  Resampler resampler(predictions);
  while (draws.size() < resamples) {
    resampler.draw(random, std::min(kLanes, resamples - draws.size()), draws);
  }
  return draws;
}

}  // namespace vio::train
