// Training and predicting on a GPU, where there is one, beside the CPU.

#include <torch/cuda.h>

#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "small_training.hpp"
#include "vio/train/trainer.hpp"

using namespace vio;
using namespace vio::train;
using test::random_rows;
using test::small_residual_spec;
using test::small_vio_recipe;

namespace {

bool gpu_is_there() {
  const bool there = torch::cuda::is_available();
  if (!there) {
    WARN("skipped: LibTorch finds no GPU");
  }
  return there;
}

FitOptions on_gpu(FitOptions options) {
  options.compute.device = "cuda";
  return options;
}

double largest_difference(const Predictions& a, const Predictions& b) {
  REQUIRE(a.probabilities.size() == b.probabilities.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.probabilities.size(); ++i) {
    REQUIRE(std::isfinite(a.probabilities[i]));
    REQUIRE(std::isfinite(b.probabilities[i]));
    largest = std::max(largest, std::abs(double{a.probabilities[i]} - double{b.probabilities[i]}));
  }
  return largest;
}

}  // namespace

TEST_CASE("a GPU's first steps are those of the CPU", "[gpu]") {
  if (!gpu_is_there()) {
    return;
  }
  // Nothing random: the two draw dropout from generators of their own.
  auto options = plain_recipe();
  options.compute = {.device = "cpu", .threads = 1, .batch_size = 4};
  options.epochs = 2;
  const auto data = random_rows(8, 3);
  for (const auto& spec : {small_residual_spec(), [] {
                             auto v1 = model::v1_spec({"at", "gc"});
                             v1.window = 48;
                             return v1;
                           }()}) {
    CAPTURE(spec.channels);
    const auto cpu = fit(spec, data, {}, options, {});
    const auto gpu = fit(spec, data, {}, on_gpu(options), {});
    CHECK(gpu.log.back().train_loss == Approx(cpu.log.back().train_loss).epsilon(1e-3));
    CHECK(test::largest_difference(cpu.tensors, gpu.tensors) < 1e-3);
  }
}

TEST_CASE("a GPU learns by heart, and the CPU predicts the same with what it learnt", "[gpu]") {
  if (!gpu_is_there()) {
    return;
  }
  const auto spec = small_residual_spec();
  const auto data = random_rows(40, 4);
  const auto options = on_gpu(small_vio_recipe(80, 1));
  const auto result = fit(spec, data, random_rows(20, 5), options, {});
  const auto gpu = predict(spec, result.tensors, data, options.compute);
  CHECK(scores(confusion_matrix(gpu)).accuracy > 0.9);
  CHECK(largest_difference(gpu, predict(spec, result.tensors, data, {})) < 1e-5);
}
