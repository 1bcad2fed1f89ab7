#include <numeric>

#include "catch.hpp"
#include "small_training.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::train;
using test::largest_difference;
using test::random_rows;
using test::small_residual_spec;
using test::small_vio_recipe;

namespace {

/// Mean probability of class 1.
double mean_of_second(const model::TensorMap& tensors, const Dataset& data) {
  const auto predictions = predict(small_residual_spec(), tensors, data, {});
  double sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    sum += double{predictions.row(i)[1]};
  }
  return sum / static_cast<double>(data.size());
}

/// One sequence again and again: nothing but the classes' frequencies can be learnt.
Dataset without_signal(std::size_t rows, std::size_t rare) {
  auto data = random_rows(rows, 1, rare);
  for (auto& sequence : data.sequences) {
    sequence = data.sequences.front();
  }
  return data;
}

FitOptions plain(int epochs) {
  FitOptions options;
  options.compute.batch_size = 20;
  options.epochs = epochs;
  options.learning_rate = 0.02;
  return options;
}

}  // namespace

TEST_CASE("the vio recipe learns, with the same weights for the same workers") {
  const auto data = random_rows(60, 2);
  const auto spec = small_residual_spec();
  CHECK(default_recipe(spec) == "vio");
  CHECK(default_recipe(model::v1_spec({"a", "b"})) == "plain");
  CHECK_THROWS_AS(recipe("chef"), core::UsageError);
  for (const int threads : {1, 2, 3}) {
    const auto options = small_vio_recipe(12, threads);
    const auto once = fit(spec, data, {}, options, {});
    CHECK(largest_difference(once.tensors, fit(spec, data, {}, options, {}).tensors) == 0);
    const auto predictions = predict(spec, once.tensors, random_rows(60, 3), {});
    CHECK(scores(confusion_matrix(predictions)).accuracy > 0.9);
  }
}

TEST_CASE("packed training is padded training to rounding") {
  const auto data = random_rows(33, 4);
  auto options = plain(2);
  const auto packed = fit(small_residual_spec(), data, {}, options, {}).tensors;
  options.packed = false;
  const auto padded = fit(small_residual_spec(), data, {}, options, {}).tensors;
  // Adam turns the sign of a gradient of rounding size into a whole step, so weights may differ
  // where gradients vanish; what is predicted may not.
  const auto one = predict(small_residual_spec(), packed, data, {}).probabilities;
  const auto two = predict(small_residual_spec(), padded, data, {}).probabilities;
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i] == Approx(two[i]).margin(1e-3));
  }
}

TEST_CASE("class weights and logit adjustment undo what classes' frequencies teach") {
  const auto data = without_signal(200, 10);
  auto options = plain(25);
  CHECK(mean_of_second(fit(small_residual_spec(), data, {}, options, {}).tensors, data) ==
        Approx(0.1).margin(0.04));
  options.logit_adjustment = 1;
  CHECK(mean_of_second(fit(small_residual_spec(), data, {}, options, {}).tensors, data) ==
        Approx(0.5).margin(0.1));
  options.logit_adjustment = 0;
  options.class_weights = ClassWeights::balanced;
  CHECK(mean_of_second(fit(small_residual_spec(), data, {}, options, {}).tensors, data) ==
        Approx(0.5).margin(0.1));
  options.class_weights = ClassWeights::sqrt;
  // Weights 1 / sqrt(p): odds of sqrt(9) to 1.
  CHECK(mean_of_second(fit(small_residual_spec(), data, {}, options, {}).tensors, data) ==
        Approx(0.25).margin(0.07));
}

TEST_CASE("teachers are learnt in the place of labels") {
  const auto data = without_signal(100, 2);
  auto options = plain(40);
  options.distill_weight = 1;
  FitStart start;
  for (std::size_t row = 0; row < data.size(); ++row) {
    start.teacher.insert(start.teacher.end(), {0.8F, 0.2F});
  }
  const auto result = fit(small_residual_spec(), data, {}, options, {}, start);
  CHECK(mean_of_second(result.tensors, data) == Approx(0.2).margin(0.03));
  CHECK(result.log.back().train_loss < 0.01);
}

TEST_CASE("training starts from the tensors that fit") {
  const auto data = random_rows(20, 5);
  auto options = plain(1);
  const auto first = fit(small_residual_spec(), data, {}, options, {}).tensors;
  FitStart start;
  start.initial = first;
  start.initial["hidden.bias"] = {.shape = {1}, .values = {0}};
  start.initial["unknown"] = {.shape = {1}, .values = {0}};
  options.learning_rate = 1e-12;
  options.seed = 9;
  const auto result = fit(small_residual_spec(), data, {}, options, {}, start);
  CHECK(result.initial_tensors == first.size() - 1);
  for (const auto& [name, tensor] : result.tensors) {
    INFO(name);
    const bool same = tensor.values == first.find(name)->second.values;
    CHECK(same == (name != "hidden.bias"));
  }
}

TEST_CASE("the monitor decides which epoch is best") {
  const auto train = random_rows(40, 6);
  const auto validation = random_rows(31, 7, 3);
  auto options = small_vio_recipe(6, 1);
  for (const auto monitor : {Monitor::accuracy, Monitor::macro_f1, Monitor::mcc}) {
    options.monitor = monitor;
    const auto result = fit(small_residual_spec(), train, validation, options, {});
    const auto measured =
        scores(confusion_matrix(predict(small_residual_spec(), result.tensors, validation, {})));
    double best = -2;
    for (const auto& log : result.log) {
      best = std::max(best, monitor == Monitor::accuracy   ? *log.validation_accuracy
                            : monitor == Monitor::macro_f1 ? *log.validation_macro_f1
                                                           : *log.validation_mcc);
    }
    const double chosen = monitor == Monitor::accuracy   ? measured.accuracy
                          : monitor == Monitor::macro_f1 ? measured.macro_f1
                                                         : measured.mcc;
    CHECK(chosen == Approx(best));
  }
}
