#include "train/temperature.hpp"

#include <cmath>
#include <random>

#include "catch.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::train;

namespace {

/// Rows whose truth is drawn from softmax(logits), told as softmax(logits / temperature).
Predictions drawn_rows(std::size_t n, double temperature) {
  std::mt19937 random(11);
  const auto uniform = [&] { return (static_cast<double>(random()) + 0.5) / 4294967296.0; };
  Predictions predictions{.n_classes = 3, .probabilities = {}, .truth = {}};
  for (std::size_t row = 0; row < n; ++row) {
    const double logits[] = {4 * uniform(), 4 * uniform(), 4 * uniform()};
    double honest_sum = 0;
    double told_sum = 0;
    for (const double logit : logits) {
      honest_sum += std::exp(logit);
      told_sum += std::exp(logit / temperature);
    }
    double left = uniform() * honest_sum;
    int truth = -1;
    for (int k = 0; k < 3; ++k) {
      predictions.probabilities.push_back(
          static_cast<float>(std::exp(logits[k] / temperature) / told_sum));
      truth = truth < 0 && (left -= std::exp(logits[k])) <= 0 ? k : truth;
    }
    predictions.truth.push_back(truth < 0 ? 2 : truth);
  }
  return predictions;
}

}  // namespace

TEST_CASE("the temperature undoes too much and too little confidence") {
  // The model's logits are the honest ones divided by `told`, so 1 / told makes them honest.
  const auto told = GENERATE(0.5, 1.0, 2.0);
  const auto rows = drawn_rows(20000, told);
  CHECK(fit_temperature(rows) == Approx(1 / told).epsilon(0.03));
  const auto fit = temperature_fit(rows);
  CHECK(fit.rows == 20000);
  CHECK(fit.log_loss_after <= fit.log_loss_before + 1e-9);
  CHECK(fit.calibration_error_after < 0.02);
  if (told != 1.0) {
    CHECK(fit.calibration_error_before > 0.05);
  }
}

TEST_CASE("few rows, all of them right, do not make a model certain") {
  Predictions rows{.n_classes = 2, .probabilities = {}, .truth = {}};
  for (int i = 0; i < 10; ++i) {
    rows.probabilities.insert(rows.probabilities.end(), {0.9F, 0.1F});
    rows.truth.push_back(0);
  }
  const double temperature = fit_temperature(rows);
  CHECK(temperature < 1);
  CHECK(temperature > 0.6);
  CHECK(fit_temperature(Predictions{.n_classes = 2, .probabilities = {}, .truth = {}}) == 1);
}

TEST_CASE("probabilities at another temperature, by hand") {
  const Predictions rows{
      .n_classes = 2, .probabilities = {0.8F, 0.2F, 1.0F, 0.0F}, .truth = {0, 0}};
  // Odds of 4 become odds of 2 at temperature 2, and of 16 at 1/2.
  CHECK(at_temperature(rows, 2).probabilities[0] == Approx(2.0 / 3));
  CHECK(at_temperature(rows, 0.5).probabilities[1] == Approx(1.0 / 17));
  const auto same = at_temperature(at_temperature(rows, 3), 1.0 / 3);
  CHECK(same.probabilities[0] == Approx(0.8));
  CHECK(at_temperature(rows, 2).probabilities[2] == Approx(1));
}

TEST_CASE("folding divides the classifier and nothing else") {
  model::TensorMap tensors{{"classifier.weight", {{2, 1}, {3, -1}}},
                           {"classifier.bias", {{2}, {1, 0}}},
                           {"stem.weight", {{1}, {5}}}};
  tensors["length_ranges.weight"] = {{1, 2}, {2, -4}};
  tensors["words.weight"] = {{1, 2}, {6, 1}};
  divide_logits(tensors, 2);
  CHECK(tensors["words.weight"].values == std::vector<float>{3, 0.5F});
  CHECK(tensors["classifier.weight"].values == std::vector<float>{1.5F, -0.5F});
  CHECK(tensors["classifier.bias"].values == std::vector<float>{0.5F, 0});
  CHECK(tensors["stem.weight"].values == std::vector<float>{5});
  CHECK(tensors["length_ranges.weight"].values == std::vector<float>{1, -2});
  tensors.erase("classifier.bias");
  CHECK_THROWS_AS(divide_logits(tensors, 2), core::InternalError);
}
