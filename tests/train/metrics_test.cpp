#include "vio/train/metrics.hpp"

#include <cmath>
#include <random>

#include "catch.hpp"
#include "train/draws.hpp"
#include "train/numpy_random.hpp"
#include "vio/core/error.hpp"

using namespace vio::train;

namespace {

/// Three classes; class 2 never predicted:
///   truth 0: 4 right, 1 called 1;  truth 1: 2 called 0, 3 right;  truth 2: 1 called 0, 1 called 1.
ConfusionMatrix worked_example() {
  ConfusionMatrix matrix(3);
  matrix.counts = {4, 1, 0, 2, 3, 0, 1, 1, 0};
  return matrix;
}

Predictions two_class(std::initializer_list<float> second, std::initializer_list<int> truth) {
  Predictions predictions{.n_classes = 2, .probabilities = {}, .truth = truth};
  for (const float p : second) {
    predictions.probabilities.insert(predictions.probabilities.end(), {1 - p, p});
  }
  return predictions;
}

}  // namespace

TEST_CASE("per-class scores, by hand") {
  const auto classes = class_scores(worked_example());
  CHECK(classes[0].support == 5);
  CHECK(classes[0].predicted == 7);
  CHECK(classes[0].precision == Approx(4.0 / 7));
  CHECK(classes[0].recall == Approx(4.0 / 5));
  CHECK(classes[0].f1 == Approx(8.0 / 12));
  CHECK(classes[1].f1 == Approx(6.0 / 10));
  CHECK(classes[2].precision == 0);
  CHECK(classes[2].recall == 0);
  CHECK(classes[2].f1 == 0);
}

TEST_CASE("summary scores, by hand") {
  const auto all = scores(worked_example());
  CHECK(all.accuracy == Approx(7.0 / 12));
  CHECK(all.balanced_accuracy == Approx((0.8 + 0.6 + 0) / 3));
  CHECK(all.macro_f1 == Approx((8.0 / 12 + 0.6 + 0) / 3));
  // c = 7, s = 12, sum p t = 7*5 + 5*5 + 0*2 = 60, sum p^2 = 74, sum t^2 = 54
  CHECK(all.mcc == Approx((7.0 * 12 - 60) / std::sqrt((144.0 - 74) * (144 - 54))));
}

TEST_CASE("classes that neither occur nor are predicted do not count") {
  ConfusionMatrix matrix(4);
  matrix.add(0, 0);
  matrix.add(1, 1);
  const auto all = scores(matrix);
  CHECK(all.accuracy == 1);
  CHECK(all.balanced_accuracy == 1);
  CHECK(all.macro_f1 == 1);
  CHECK(all.mcc == Approx(1));
}

TEST_CASE("Matthews correlation of two classes, and where it is undefined") {
  ConfusionMatrix matrix(2);
  matrix.counts = {5, 2, 1, 4};
  CHECK(scores(matrix).mcc == Approx((5 * 4 - 2 * 1) / std::sqrt(7.0 * 5 * 6 * 6)));
  matrix.counts = {5, 0, 3, 0};
  CHECK(scores(matrix).mcc == 0);
}

TEST_CASE("ties go to the first class") {
  const auto predictions = two_class({0.5F, 0.75F, 0.25F}, {0, 1, 1});
  CHECK(predictions.predicted(0) == 0);
  const auto matrix = confusion_matrix(predictions);
  CHECK(matrix.at(0, 0) == 1);
  CHECK(matrix.at(1, 1) == 1);
  CHECK(matrix.at(1, 0) == 1);
}

TEST_CASE("calibration error and log loss, by hand") {
  // Confidences .6 and .6 (one right) fall into one bin of two; .55 wrong; 1.0 right.
  const auto predictions = two_class({0.6F, 0.6F, 0.45F, 1.0F}, {1, 0, 1, 1});
  const auto result = calibration(predictions, 10);
  CHECK(result.bins[5].rows == 1);
  CHECK(result.bins[6].rows == 2);
  CHECK(result.bins[6].accuracy == Approx(0.5));
  CHECK(result.bins[9].rows == 1);
  CHECK(result.expected_error == Approx((1 * 0.55 + 2 * 0.1 + 0) / 4).epsilon(1e-5));
  CHECK(mean_log_loss(predictions) ==
        Approx(-(std::log(0.6) + std::log(0.4) + std::log(0.45)) / 4).epsilon(1e-5));
}

TEST_CASE("areas under ROC curves, by hand") {
  // Probabilities of class 1: rows of it .9 .6 .4, others .8 .4 .1. Of nine pairs .9 wins three, .6
  // two, .4 one and ties once.
  const auto predictions = two_class({0.9F, 0.6F, 0.4F, 0.8F, 0.4F, 0.1F}, {1, 1, 1, 0, 0, 0});
  const auto areas = class_aucs(predictions);
  CHECK(areas[1] == Approx(6.5 / 9));
  CHECK(areas[0] == Approx(6.5 / 9));
  CHECK(macro_auc(areas) == Approx(6.5 / 9));
}

TEST_CASE("an area is undefined for a class without rows, and the mean leaves it out") {
  const Predictions predictions{.n_classes = 3,
                                .probabilities = {.6F, .3F, .1F, .2F, .7F, .1F, .5F, .2F, .3F},
                                .truth = {0, 1, 1}};
  const auto areas = class_aucs(predictions);
  CHECK(areas[0] == 1);
  CHECK(areas[1] == Approx(0.5));
  CHECK(std::isnan(areas[2]));
  CHECK(macro_auc(areas) == Approx(0.75));
  CHECK(roc_curve(predictions, 2, 10).empty());
  CHECK(std::isnan(macro_auc(std::vector<double>{kUndefined})));
  CHECK(std::isnan(evaluate(predictions, 20, 0).class_intervals[2].auc.low));
}

TEST_CASE("a ROC curve goes from corner to corner, through every threshold, ties at once") {
  const auto predictions = two_class({0.9F, 0.6F, 0.4F, 0.8F, 0.4F, 0.1F}, {1, 1, 1, 0, 0, 0});
  const std::vector<RocPoint> wanted{{0, 0},           {0, 1. / 3}, {1. / 3, 1. / 3},
                                     {1. / 3, 2. / 3}, {2. / 3, 1}, {1, 1}};
  const auto curve = roc_curve(predictions, 1, 100);
  REQUIRE(curve.size() == wanted.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    CHECK(curve[i].false_positive_rate == Approx(wanted[i].false_positive_rate));
    CHECK(curve[i].true_positive_rate == Approx(wanted[i].true_positive_rate));
  }
}

TEST_CASE("a thinned ROC curve keeps its ends and encloses nearly the same area") {
  std::mt19937 random(3);
  Predictions predictions{.n_classes = 2, .probabilities = {}, .truth = {}};
  for (int i = 0; i < 5000; ++i) {
    const int truth = i % 3 == 0 ? 1 : 0;
    const float p = static_cast<float>(random() % 1000 + (truth == 1 ? 400 : 0)) / 1400;
    predictions.probabilities.insert(predictions.probabilities.end(), {1 - p, p});
    predictions.truth.push_back(truth);
  }
  const auto curve = roc_curve(predictions, 1, 60);
  CHECK(curve.size() <= 60);
  CHECK(curve.size() > 40);
  double area = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    area += (curve[i].false_positive_rate - curve[i - 1].false_positive_rate) *
            (curve[i].true_positive_rate + curve[i - 1].true_positive_rate) / 2;
  }
  CHECK(area == Approx(class_aucs(predictions)[1]).margin(0.003));
}

TEST_CASE("every interval is that of scores of resampled rows") {
  // The same rows as the bootstrap draws, scored one by one.
  std::mt19937 numbers(5);
  Predictions all{.n_classes = 3, .probabilities = {}, .truth = {}};
  for (int i = 0; i < 57; ++i) {
    const auto a = static_cast<float>(numbers() % 6);
    const auto b = static_cast<float>(numbers() % 6);
    const float sum = a + b + 2;
    all.probabilities.insert(all.probabilities.end(), {(a + 1) / sum, b / sum, 1 / sum});
    all.truth.push_back(static_cast<int>(numbers() % 3));
  }
  constexpr std::size_t kDraws = 21;  // not a multiple of what is computed at once
  const auto draws = draw_scores(all, kDraws, 9);
  REQUIRE(draws.size() == kDraws);
  NumpyRandom random(9);
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    Predictions drawn{.n_classes = 3, .probabilities = {}, .truth = {}};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto row = random.interval(all.size() - 1);
      drawn.probabilities.insert(drawn.probabilities.end(), all.row(row).begin(),
                                 all.row(row).end());
      drawn.truth.push_back(all.truth[row]);
    }
    const auto wanted = evaluate(drawn, 1, 0);
    CHECK(draws.scores[draw].accuracy == Approx(wanted.scores.accuracy));
    CHECK(draws.scores[draw].balanced_accuracy == Approx(wanted.scores.balanced_accuracy));
    CHECK(draws.scores[draw].macro_f1 == Approx(wanted.scores.macro_f1));
    CHECK(draws.scores[draw].mcc == Approx(wanted.scores.mcc));
    CHECK(draws.probability[draw].auc == Approx(wanted.probability.auc));
    CHECK(draws.probability[draw].log_loss == Approx(wanted.probability.log_loss));
    CHECK(draws.probability[draw].calibration_error ==
          Approx(wanted.probability.calibration_error));
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(draws.classes[draw * 3 + k].recall == Approx(wanted.classes[k].recall));
      CHECK(draws.classes[draw * 3 + k].auc == Approx(wanted.classes[k].auc));
    }
  }
}

TEST_CASE("percentiles are linear between neighbours and leave out what is undefined") {
  std::vector<double> values{kUndefined};
  for (int i = 40; i >= 0; --i) {
    values.push_back(i);
  }
  const auto interval = percentile_interval(values);
  CHECK(interval.low == Approx(1));
  CHECK(interval.high == Approx(39));
  CHECK(std::isnan(percentile_interval({}).low));
}

TEST_CASE("bootstrap intervals hold the score, narrow with rows, and repeat with their seed") {
  Predictions small{.n_classes = 2, .probabilities = {}, .truth = {}};
  for (int i = 0; i < 40; ++i) {
    small.probabilities.insert(small.probabilities.end(), {0.8F, 0.2F});
    small.truth.push_back(i % 4 == 0 ? 1 : 0);
  }
  auto large = small;
  for (int i = 0; i < 9; ++i) {
    large.probabilities.insert(large.probabilities.end(), small.probabilities.begin(),
                               small.probabilities.end());
    large.truth.insert(large.truth.end(), small.truth.begin(), small.truth.end());
  }
  const auto few = evaluate(small, 400, 1).intervals.accuracy;
  const auto many = evaluate(large, 400, 1).intervals.accuracy;
  CHECK(few.low < 0.75);
  CHECK(few.high > 0.75);
  // Normal approximation: 1.96 * sqrt(.75 * .25 / n).
  CHECK(few.high - few.low == Approx(0.268).margin(0.05));
  CHECK(many.high - many.low == Approx(0.085).margin(0.02));
  CHECK(evaluate(small, 400, 1).intervals.accuracy.low == few.low);
  CHECK(evaluate(small, 400, 2).intervals.macro_f1.low !=
        evaluate(small, 400, 1).intervals.macro_f1.low);
}

TEST_CASE("nothing to evaluate is refused") {
  CHECK_THROWS_AS(evaluate(Predictions{.n_classes = 2, .probabilities = {}, .truth = {}}, 10, 0),
                  vio::core::UsageError);
}
