#include "train/measurement.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "small_training.hpp"
#include "train/measurement_report.hpp"

using namespace vio;
using namespace vio::train;
using Catch::Matchers::Contains;

namespace {

const auto dna = core::Alphabet::dna();
const std::vector<std::string> class_list{"at", "gc"};
constexpr MeasureOptions kOptions{.resamples = 200, .seed = 1, .threads = 2};

/// Right in a part of the rows, in multiples of 1/20.
Predictions predictions_of(const Dataset& data, double right) {
  Predictions predictions{.n_classes = 2, .probabilities = {}, .truth = data.labels};
  for (std::size_t row = 0; row < data.size(); ++row) {
    const bool is_right = static_cast<double>(row * 7 % 20) < 20 * right;
    const float p = (data.labels[row] == 1) == is_right ? 0.9F : 0.1F;
    predictions.probabilities.insert(predictions.probabilities.end(), {1 - p, p});
  }
  return predictions;
}

Dataset random_sequences(std::size_t n, std::uint32_t seed) {
  std::mt19937 random(seed);
  Dataset data;
  for (std::size_t row = 0; row < n; ++row) {
    auto& codes = data.sequences.emplace_back(200);
    for (auto& code : codes) {
      code = static_cast<core::Code>(random() % 4);
    }
    data.labels.push_back(static_cast<int>(row % 2));
  }
  return data;
}

}  // namespace

TEST_CASE("test rows that the training rows hold are counted") {
  const auto training = random_sequences(50, 1);
  auto test = random_sequences(20, 2);
  test.sequences[3] = training.sequences[7];
  test.sequences[5] = training.sequences[9];
  test.sequences[5].back() ^= 1U;  // nearly the same
  test.sequences[8] = training.sequences[11];
  for (std::size_t i = 0; i < 60; ++i) {
    test.sequences[8][i] = test.sequences[0][i];  // 70 % of it
  }
  test.sequences[9] = {0, 1, 2};  // shorter than a word
  test.sequences[10] = training.sequences[12];
  std::ranges::reverse(test.sequences[10]);
  std::ranges::for_each(test.sequences[10], [](auto& code) { code = dna.complement(code); });
  const auto overlap = find_overlap(test, training, dna, 2);
  CHECK(overlap.identical == 1);
  CHECK(overlap.nearly_the_same == 3);
  CHECK(overlap.similar == 4);
  CHECK(overlap.unlike.size() == 16);
  CHECK(overlap.training_rows == 50);
  auto short_too = training;
  short_too.sequences.push_back({0, 1, 2});
  CHECK(find_overlap(test, short_too, dna, 1).identical == 2);
}

TEST_CASE("a model that is right beats the baselines, one that guesses does not") {
  const auto training = random_sequences(120, 3);
  const auto test = random_sequences(80, 4);
  const auto good = measure(predictions_of(test, 0.95), test, training, dna, kOptions);
  REQUIRE(good.against);
  CHECK(good.against->beats_baselines());
  CHECK(unbeaten_sentence(*good.against).empty());
  const auto& majority = good.against->baselines[0];
  CHECK(majority.verdict == Verdict::beaten);
  CHECK(majority.mcc.value == Approx(good.evaluation.scores.mcc));
  CHECK(majority.accuracy.value ==
        Approx(good.evaluation.scores.accuracy - majority.evaluation.scores.accuracy));
  CHECK(majority.accuracy.interval.low < majority.accuracy.value);
  CHECK(majority.accuracy.interval.high > majority.accuracy.value);
  const auto text = measurement_to_text(good, class_list, true);
  CHECK_THAT(text, Contains("the model beats them all"));
  CHECK_THAT(text, !Contains("\033["));

  const auto poor = measure(predictions_of(test, 0.3), test, training, dna, kOptions);
  CHECK_FALSE(poor.against->beats_baselines());
  CHECK(poor.against->baselines[0].verdict == Verdict::not_beaten);
  CHECK_THAT(measurement_to_text(poor, class_list, true),
             Contains("\033[1;31mwarning: the model does not beat these baselines"));
  CHECK_THAT(measurement_to_text(poor, class_list, false), !Contains("\033["));
}

TEST_CASE("a difference that chance explains is no clear victory") {
  const auto training = random_sequences(60, 5);
  const auto test = random_sequences(40, 6);
  const auto model = measure(predictions_of(test, 0.55), test, training, dna, kOptions);
  REQUIRE(model.evaluation.scores.mcc > 0);
  CHECK(model.against->baselines[0].verdict == Verdict::not_clearly);
  CHECK_THAT(unbeaten_sentence(*model.against), Contains("clearly majority class"));
}

TEST_CASE("the JSON report of a comparison") {
  const auto training = random_sequences(60, 7);
  auto test = random_sequences(30, 8);
  test.sequences[0] = training.sequences[0];
  const auto measurement = measure(predictions_of(test, 0.9), test, training, dna, kOptions);
  const auto json = measurement_to_json(measurement, class_list);
  REQUIRE(json["baselines"].size() == 3);
  CHECK(json["baselines"][2]["name"] == "k-mers and length");
  CHECK(json["baselines"][0]["mcc"]["value"] == 0);
  CHECK(json["baselines"][0]["model_minus_baseline"]["mcc"]["value"] == json["mcc"]["value"]);
  CHECK(json["baselines"][0]["verdict"] == "beaten");
  CHECK(json["beats_baselines"].is_boolean());
  CHECK(json["overlap"]["identical"] == 1);
  CHECK(json["overlap"]["other_rows"]["rows"] == 29);
  CHECK_FALSE(measurement_to_json(measure(predictions_of(test, 0.9), kOptions), class_list)
                  .contains("baselines"));
}
