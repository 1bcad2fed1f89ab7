#include <random>

#include "catch.hpp"
#include "models/growth.hpp"
#include "models/networks.hpp"
#include "models/pace.hpp"
#include "models/trials.hpp"
#include "vio/core/error.hpp"
#include "vio/model/presets.hpp"

using namespace vio;

namespace {

/// AT-rich rows of class 0, GC-rich ones of class 1.
train::Dataset easy_rows(std::size_t rows, std::uint32_t seed) {
  std::mt19937 random(seed);
  train::Dataset data;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool rich = row % 2 == 1;
    std::vector<core::Code> codes(40 + random() % 40);
    for (auto& code : codes) {
      const bool gc = (random() % 8 == 0) != rich;
      code = static_cast<core::Code>(gc ? 1 + random() % 2 : 3 * (random() % 2));
    }
    data.sequences.push_back(std::move(codes));
    data.labels.push_back(rich ? 1 : 0);
  }
  return data;
}

train::FitOptions small_recipe(int workers) {
  auto options = train::vio_recipe();
  options.compute = {.device = "cpu", .threads = workers, .batch_size = 8};
  return options;
}

}  // namespace

TEST_CASE("every network learns, with workers that share its weights") {
  const auto spec = model::default_spec({"at", "gc"});
  const auto train_rows = easy_rows(96, 1);
  const auto test_rows = easy_rows(64, 2);
  for (const auto& contender : bench::contenders()) {
    CAPTURE(contender.name);
    auto options = small_recipe(2);
    options.epochs = 4;
    const train::Trainable trainable{contender.make(spec, options), spec};
    const auto result = train::fit_classifier(trainable, train_rows, {}, options, {});
    const auto predictions =
        train::predict_classifier(trainable, result.tensors, test_rows, options.compute);
    CHECK(train::scores(train::confusion_matrix(predictions)).accuracy > 0.9);
  }
}

TEST_CASE("the pace counts the rows of all steps but the first") {
  const auto spec = model::default_spec({"at", "gc"});
  const auto options = small_recipe(2);
  const train::Trainable trainable{bench::contender("cnn").make(spec, options), spec};
  const auto rows = easy_rows(100, 1);
  const auto pace = bench::measure_pace(trainable, rows, options, 60, 2);
  CHECK(pace.rows == 24);  // of 8 steps of 8 rows the last 3
  CHECK(pace.repetitions == 2);
  CHECK(pace.median_rows_a_second > 0);
  CHECK(pace.rows_a_second >= pace.median_rows_a_second);
  CHECK(bench::measure_pace(trainable, rows, options, 1000, 1).rows == 60);  // an epoch at most
  CHECK(bench::measure_pace(trainable, rows, options, 40, 1).rows == 0);
}

TEST_CASE("the rate of the lowest log loss is chosen") {
  std::vector<bench::Trial> made(2);
  made[0].rate = 1;
  made[0].log_loss = 3;
  made[1].rate = 2;
  made[1].log_loss = 1;
  CHECK(bench::best_rate(made) == 2);

  const auto spec = model::default_spec({"at", "gc"});
  const auto& network = bench::contender("transformer");
  auto options = small_recipe(1);
  options.epochs = 3;
  const train::Trainable trainable{network.make(spec, options), spec};
  const train::Parts parts{
      .train = easy_rows(32, 1), .validation = easy_rows(16, 2), .test = {}, .groups = {}};
  const std::vector<double> rates{1e-9, 3e-3};
  const auto trials = bench::try_rates(trainable, parts, options, rates);
  REQUIRE(trials.size() == 2);
  CHECK(trials[0].rate == 1e-9);
  CHECK(bench::best_rate(trials) == 3e-3);
}

TEST_CASE("growth is measured of every network and of the fused engine") {
  const auto spec = model::default_spec({"at", "gc"});
  for (const auto* const name : {"vio-fused", "vio", "transformer", "cnn", "bilstm"}) {
    CAPTURE(name);
    const auto scorer = bench::make_scorer(name, spec);
    const auto point = bench::measure_growth(*scorer, 100, 450, 0);
    CHECK(point.windows == 4);
    CHECK(point.repetitions == 5);
    CHECK(point.seconds > 0);
    CHECK(point.seconds <= point.median_seconds);
  }
  CHECK_THROWS_AS(bench::make_scorer("gru", spec), core::UsageError);
}
