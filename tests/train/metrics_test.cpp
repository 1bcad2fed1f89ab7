#include "vio/train/metrics.hpp"

#include <cmath>

#include "catch.hpp"
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
  const auto few = bootstrap(small, 400, 1).accuracy;
  const auto many = bootstrap(large, 400, 1).accuracy;
  CHECK(few.low < 0.75);
  CHECK(few.high > 0.75);
  // Normal approximation: 1.96 * sqrt(.75 * .25 / n).
  CHECK(few.high - few.low == Approx(0.268).margin(0.05));
  CHECK(many.high - many.low == Approx(0.085).margin(0.02));
  CHECK(bootstrap(small, 400, 1).accuracy.low == few.low);
  CHECK(bootstrap(small, 400, 2).macro_f1.low != bootstrap(small, 400, 1).macro_f1.low);
}

TEST_CASE("nothing to evaluate is refused") {
  CHECK_THROWS_AS(evaluate(Predictions{.n_classes = 2, .probabilities = {}, .truth = {}}, 10, 0),
                  vio::core::UsageError);
}
