#include "vio/train/trainer.hpp"

#include <cmath>
#include <random>
#include <string>

#include "catch.hpp"
#include "vio/core/error.hpp"

using namespace vio::train;

namespace {

/// v1's kind in small.
vio::model::Spec small_spec() {
  auto spec = vio::model::v1_spec({"at", "gc"});
  spec.window = 32;
  spec.channels = 16;
  spec.blocks.resize(2);
  return spec;
}

/// Random sequences; AT-rich ones are of class 0, GC-rich ones of class 1.
Dataset composition_data(std::size_t rows, std::uint32_t seed) {
  std::mt19937 random(seed);
  Dataset data;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto label = static_cast<int>(row % 2);
    std::vector<vio::core::Code> codes(16 + random() % 17);
    for (auto& code : codes) {
      const bool rare = random() % 4 == 0;
      const bool gc = rare != (label == 1);
      code = gc ? static_cast<vio::core::Code>(1 + random() % 2)
                : static_cast<vio::core::Code>(3 * (random() % 2));
    }
    data.sequences.push_back(std::move(codes));
    data.labels.push_back(label);
  }
  return data;
}

FitOptions quick(int epochs, int threads = 1) {
  FitOptions options;
  options.compute = {.device = "cpu", .threads = threads, .batch_size = 10};
  options.epochs = epochs;
  options.learning_rate = 0.01;
  return options;
}

double largest_difference(const vio::model::TensorMap& a, const vio::model::TensorMap& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (const auto& [name, tensor] : a) {
    const auto& other = b.find(name)->second;
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      largest = std::max(largest, std::abs(double{tensor.values[i]} - double{other.values[i]}));
    }
  }
  return largest;
}

}  // namespace

TEST_CASE("a network learns twenty sequences by heart") {
  const auto data = composition_data(20, 1);
  const auto spec = small_spec();
  const auto result = fit(spec, data, {}, quick(60), {});
  CHECK(result.best_epoch == 60);
  CHECK_FALSE(result.stopped);
  REQUIRE(result.log.size() == 60);
  CHECK(result.log.back().train_loss < 0.5 * result.log.front().train_loss);
  const auto predictions = predict(spec, result.tensors, data, {});
  CHECK(scores(confusion_matrix(predictions)).accuracy == 1);
  for (std::size_t i = 0; i < data.size(); ++i) {
    CHECK(predictions.row(i)[0] + predictions.row(i)[1] == Approx(1).epsilon(1e-5));
  }
}

TEST_CASE("the same seed gives the same weights, another seed others") {
  const auto data = composition_data(25, 2);
  auto options = quick(2, 2);
  const auto once = fit(small_spec(), data, {}, options, {}).tensors;
  CHECK(largest_difference(once, fit(small_spec(), data, {}, options, {}).tensors) == 0);
  options.seed = 1;
  CHECK(largest_difference(once, fit(small_spec(), data, {}, options, {}).tensors) > 1e-3);
}

TEST_CASE("workers share a batch: the gradient is that of one worker") {
  const auto data = composition_data(7, 3);
  auto options = quick(1, 1);
  // Adam's first step has the size of the learning rate whatever the gradient, so a wrong share
  // would hide; the second step with another batch shows it.
  options.compute.batch_size = 4;
  const auto alone = fit(small_spec(), data, {}, options, {}).tensors;
  for (const int threads : {2, 3, 5}) {
    options.compute.threads = threads;
    CHECK(largest_difference(alone, fit(small_spec(), data, {}, options, {}).tensors) < 1e-4);
  }
}

TEST_CASE("dropout repeats with its seed, also where workers are asked for") {
  auto spec = vio::model::vio_s_spec({"at", "gc"});
  spec.channels = 8;
  spec.blocks.resize(1);
  spec.blocks[0].width = 8;
  spec.head.hidden = 8;
  auto options = quick(1, 3);
  options.dropout_channels = 0.2;
  options.dropout_head = 0.2;
  const auto data = composition_data(20, 4);
  const auto once = fit(spec, data, {}, options, {}).tensors;
  CHECK(largest_difference(once, fit(spec, data, {}, options, {}).tensors) == 0);
}

TEST_CASE("the best epoch is chosen on validation rows, and patience ends training") {
  const auto train = composition_data(20, 5);
  auto wrong = composition_data(20, 6);
  for (auto& label : wrong.labels) {
    label = 1 - label;
  }
  // What is learnt makes the validation loss rise, so an early epoch is the best.
  auto options = quick(50);
  options.patience = 3;
  std::vector<EpochLog> seen;
  const auto result = fit(
      small_spec(), train, wrong, options,
      {.on_step = {}, .on_epoch = [&](const EpochLog& log) { seen.push_back(log); }, .stop = {}});
  REQUIRE(result.best_epoch >= 1);
  CHECK(result.log.size() == static_cast<std::size_t>(result.best_epoch + 3));
  CHECK(seen.size() == result.log.size());
  CHECK(result.log.size() < 50);
  const auto& best = result.log[static_cast<std::size_t>(result.best_epoch - 1)];
  const auto predictions = predict(small_spec(), result.tensors, wrong, options.compute);
  REQUIRE(best.validation_loss);
  CHECK(mean_log_loss(predictions) == Approx(*best.validation_loss).epsilon(1e-6));
  for (const auto& log : result.log) {
    CHECK(*log.validation_loss >= *best.validation_loss);
  }
}

TEST_CASE("stopping early leaves usable weights") {
  const auto data = composition_data(40, 7);
  int steps = 0;
  const auto result = fit(small_spec(), data, {}, quick(10),
                          {.on_step = [&](const FitProgress&) { ++steps; },
                           .on_epoch = {},
                           .stop = [&] { return steps == 3; }});
  CHECK(result.stopped);
  CHECK(steps == 3);
  CHECK(result.log.empty());
  CHECK(result.best_epoch == 0);
  CHECK_NOTHROW(vio::model::check_tensors(small_spec(), result.tensors, "the test"));
}

TEST_CASE("progress counts rows") {
  const auto data = composition_data(25, 8);
  std::vector<FitProgress> seen;
  const auto result =
      fit(small_spec(), data, {}, quick(2),
          {.on_step = [&](const FitProgress& progress) { seen.push_back(progress); },
           .on_epoch = {},
           .stop = {}});
  REQUIRE(seen.size() == 6);
  CHECK(seen[2].rows_done == 25);
  CHECK(seen[2].epoch == 1);
  CHECK(seen[3].rows_done == 10);
  CHECK(seen.back().seconds_left == Approx(0).margin(1e-6));
  CHECK(seen.back().loss == Approx(result.log.back().train_loss));
}

TEST_CASE("predictions do not depend on the number of workers") {
  const auto data = composition_data(33, 9);
  const auto spec = small_spec();
  const auto tensors = fit(spec, data, {}, quick(1), {}).tensors;
  const auto one = predict(spec, tensors, data, {.device = "cpu", .threads = 1, .batch_size = 5});
  const auto three = predict(spec, tensors, data, {.device = "cpu", .threads = 3, .batch_size = 5});
  CHECK(one.probabilities == three.probabilities);
  CHECK(one.truth == data.labels);
}

TEST_CASE("what cannot be trained is refused") {
  const auto data = composition_data(4, 10);
  CHECK_THROWS_AS(fit(small_spec(), {}, {}, quick(1), {}), vio::core::UsageError);
  auto options = quick(1);
  options.compute.device = "tpu";
  CHECK_THROWS_AS(fit(small_spec(), data, {}, options, {}), vio::core::UsageError);
  options.compute.device = "cuda:99";
  CHECK_THROWS_AS(fit(small_spec(), data, {}, options, {}), vio::core::UsageError);
  options = quick(1);
  options.compute.batch_size = 0;
  CHECK_THROWS_AS(fit(small_spec(), data, {}, options, {}), vio::core::UsageError);
}
