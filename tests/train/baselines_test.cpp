#include "train/baselines/baselines.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "catch.hpp"
#include "train/baselines/features.hpp"
#include "train/baselines/folds.hpp"
#include "train/baselines/length_histogram.hpp"
#include "train/baselines/linear_model.hpp"
#include "train/baselines/minimize.hpp"

using namespace vio;
using namespace vio::train;

namespace {

const auto dna = core::Alphabet::dna();

std::vector<core::Code> encoded(const std::string& text) {
  std::vector<core::Code> codes(text.size());
  dna.encode(text, codes);
  return codes;
}

/// Classes 0 and 1 differ in composition, class 2 only in its length.
Dataset three_kinds(std::size_t rows, std::uint32_t seed) {
  std::mt19937 random(seed);
  Dataset data;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto label = static_cast<int>(row % 3);
    std::vector<core::Code> codes(label == 2 ? 60 : 40 + random() % 19);
    for (auto& code : codes) {
      const bool rich = random() % 10 < (label == 0 ? 8U : label == 1 ? 2U : 5U);
      code = static_cast<core::Code>(rich ? 1 + random() % 2 : 3 * (random() % 2));
    }
    data.sequences.push_back(std::move(codes));
    data.labels.push_back(label);
  }
  return data;
}

}  // namespace

TEST_CASE("a minimum of a function of two variables") {
  // Rosenbrock's valley: curved, and flat along its bottom.
  const auto valley = [](std::span<const double> x, std::span<double> gradient) {
    const double rest = x[1] - x[0] * x[0];
    gradient[0] = -2 * (1 - x[0]) - 400 * x[0] * rest;
    gradient[1] = 200 * rest;
    return (1 - x[0]) * (1 - x[0]) + 100 * rest * rest;
  };
  std::vector<double> x{-1.2, 1};
  CHECK(minimize(valley, x, {.iterations = 200, .history = 5, .tolerance = 1e-12}) < 1e-9);
  CHECK(x[0] == Approx(1).epsilon(1e-4));
  CHECK(x[1] == Approx(1).epsilon(1e-4));
}

TEST_CASE("the linear model's weights are at the minimum of the penalised loss") {
  const auto n_classes = GENERATE(std::size_t{2}, std::size_t{3}, std::size_t{9}, std::size_t{18});
  constexpr double kStrength = 0.01;
  constexpr std::size_t kFeatures = 5;
  std::mt19937 random(static_cast<std::uint32_t>(n_classes));
  SparseRows rows;
  std::vector<int> labels;
  for (int row = 0; row < 300; ++row) {
    labels.push_back(static_cast<int>(random() % n_classes));
    for (std::size_t feature = 0; feature < kFeatures; ++feature) {
      if (random() % 3 != 0) {
        const auto drawn = static_cast<float>(random() % 100) / 100;
        rows.push(feature,
                  drawn + (static_cast<std::size_t>(labels.back()) == feature ? 1.F : 0.F));
      }
    }
    rows.end_row();
  }
  LinearModel model(kFeatures, n_classes);
  model.fit(rows, labels, kStrength, 1);
  // At the minimum the mean of (p - truth) x + strength W is 0, and for the bias the mean of p -
  // truth.
  std::vector<double> slope((kFeatures + 1) * n_classes);
  std::vector<float> p(n_classes);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    model.predict(rows, row, p);
    for (std::size_t k = 0; k < n_classes; ++k) {
      const double error = p[k] - (static_cast<int>(k) == labels[row] ? 1.0 : 0.0);
      for (auto i = rows.begins[row]; i < rows.begins[row + 1]; ++i) {
        slope[rows.features[i] * n_classes + k] += error * rows.values[i] / 300;
      }
      slope[kFeatures * n_classes + k] += error / 300;
    }
  }
  for (std::size_t k = 0; k < n_classes; ++k) {
    const auto weights = model.weights_of(k);
    for (std::size_t feature = 0; feature <= kFeatures; ++feature) {
      const double penalty = feature < kFeatures ? kStrength * weights[feature] : 0;
      CHECK(slope[feature * n_classes + k] + penalty == Approx(0).margin(2e-3));
    }
  }
  LinearModel again(kFeatures, n_classes);
  again.fit(rows, labels, kStrength, 3);
  CHECK(again.weights_of(0) == model.weights_of(0));
}

TEST_CASE("features of a sequence, by hand") {
  const std::vector<std::vector<core::Code>> training{encoded("ACGTA"), encoded("AC")};
  const SequenceFeatures features(training, dna.size(), true);
  CHECK(features.longest_word() == 6);
  // Words of 1 to 6 letters; lengths 5 (5, 4-5, 4-7, 0-7) and 2 (2, 2-3, 0-3).
  CHECK(features.size() == 5460 + 4 + 3);
  SparseRows rows;
  features.append(encoded("AANA"), rows);
  // A three times of three, AA once of one; of length 4: 4-5, 4-7, 0-7 are known.
  CHECK(rows.features[0] == 0);
  CHECK(rows.values[0] == 1);
  CHECK(rows.features[1] == 4);
  CHECK(rows.values[1] == 1);
  CHECK(rows.size() == 1);
  CHECK(rows.features.size() == 2 + 3);
  features.append(encoded("ACAC"), rows);
  CHECK(rows.values[rows.begins[1]] == Approx(std::sqrt(0.5)));
  const SequenceFeatures proteins(training, 20, true);
  CHECK(proteins.longest_word() == 2);
  CHECK(SequenceFeatures(training, 4, false).size() == 7);
}

TEST_CASE("the length histogram smooths towards wider ranges, by hand") {
  Dataset data;
  for (const int label : {0, 0, 0, 1}) {
    data.sequences.emplace_back(label == 0 ? 2 : 3);
    data.labels.push_back(label);
  }
  const LengthHistogram histogram(data, 2, 1);
  std::vector<float> p(2);
  histogram.predict(2, p);
  // All: (3 + 2/2) / (4 + 2) = 2/3. Ranges 2-3 of all rows: (3 + 2/3) / 5 = 11/15. Length 2: (3 +
  // 11/15) / 4.
  CHECK(p[0] == Approx((3 + 11.0 / 15) / 4));
  CHECK(p[1] == Approx(1 - (3 + 11.0 / 15) / 4));
  histogram.predict(900, p);
  CHECK(p[0] == Approx(2.0 / 3));
}

TEST_CASE("folds hold out every row once and spread every class") {
  std::vector<int> labels(100);
  for (std::size_t row = 0; row < labels.size(); ++row) {
    labels[row] = row < 60 ? 0 : row < 97 ? 1 : 2;
  }
  const auto folds = held_out_folds(labels, 5);
  std::multiset<std::size_t> seen;
  for (const auto& fold : folds) {
    CHECK(fold.training.size() + fold.held_out.size() == 100);
    CHECK(std::ranges::count_if(fold.held_out, [&](auto row) { return labels[row] == 0; }) == 12);
    seen.insert(fold.held_out.begin(), fold.held_out.end());
  }
  CHECK(seen.size() == 100);
  CHECK(std::set<std::size_t>(seen.begin(), seen.end()).size() == 100);
}

TEST_CASE("each baseline learns what it reads, and no more") {
  const auto training = three_kinds(600, 1);
  const auto test = three_kinds(300, 2);
  const auto baselines = run_baselines(training, test, dna, 3, 2);
  REQUIRE(baselines.size() == 3);
  const auto accuracy = [&](std::size_t i) {
    return scores(confusion_matrix(baselines[i].predictions)).accuracy;
  };
  CHECK(accuracy(0) == Approx(1.0 / 3));
  CHECK(accuracy(1) == Approx(2.0 / 3).margin(0.08));
  CHECK(accuracy(2) > 0.97);
  for (const auto& baseline : baselines) {
    CHECK(baseline.predictions.truth == test.labels);
    CHECK_FALSE(baseline.description.empty());
    for (std::size_t row = 0; row < test.size(); ++row) {
      const auto p = baseline.predictions.row(row);
      CHECK(p[0] + p[1] + p[2] == Approx(1).epsilon(1e-5));
    }
  }
  auto turned = training;
  std::ranges::reverse(turned.sequences);
  std::ranges::reverse(turned.labels);
  const auto again = run_baselines(turned, test, dna, 3, 1);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(again[i].predictions.probabilities == baselines[i].predictions.probabilities);
  }
}

TEST_CASE("baselines of few rows, of one class, and of sequences shorter than words") {
  Dataset training;
  training.sequences = {encoded("A"), encoded("N")};
  training.labels = {1, 1};
  for (const auto& baseline : run_baselines(training, training, dna, 3, 2)) {
    CHECK(baseline.predictions.predicted(0) == 1);
    CHECK(std::ranges::all_of(baseline.predictions.probabilities,
                              [](float p) { return std::isfinite(p); }));
  }
}
