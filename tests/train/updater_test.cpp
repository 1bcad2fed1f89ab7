#include "train/updater.hpp"

#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "catch.hpp"

using namespace vio::train;
using torch::Tensor;

namespace {

constexpr int kSize = 37;

/// Steps of ours and of PyTorch's optimizer along the same gradients.
template <typename Theirs>
void check_same(const FitOptions& options, Theirs make) {
  torch::manual_seed(1);
  const Tensor start = torch::randn({kSize});
  Tensor ours = start.clone();
  Tensor theirs = start.clone().requires_grad_();
  Updater updater(ours, torch::ones({kSize}), options, 20);
  auto optimizer = make(std::vector<Tensor>{theirs});
  for (int step = 0; step < 20; ++step) {
    Tensor gradient = torch::randn({kSize});
    theirs.mutable_grad() = gradient.clone();
    optimizer.step();
    updater.step(gradient);
  }
  CHECK((ours - theirs).abs().max().item<double>() < 1e-6);
  CHECK((ours - start).abs().min().item<double>() > 0);
}

FitOptions decaying(Optimizer optimizer) {
  FitOptions options;
  options.optimizer = optimizer;
  options.learning_rate = 0.01;
  options.beta2 = 0.98;
  options.weight_decay = 0.1;
  return options;
}

/// What Adam's first steps along a constant gradient of 1 move: the learning rate.
std::vector<double> rates(const FitOptions& options, int steps) {
  Tensor weights = torch::zeros({1});
  Updater updater(weights, torch::ones({1}), options, static_cast<std::uint64_t>(steps));
  std::vector<double> seen;
  for (int step = 0; step < steps; ++step) {
    const double before = weights.item<double>();
    Tensor gradient = torch::ones({1});
    updater.step(gradient);
    seen.push_back(before - weights.item<double>());
  }
  return seen;
}

}  // namespace

TEST_CASE("steps are those of PyTorch's optimizers") {
  check_same(decaying(Optimizer::adam), [](std::vector<Tensor> parameters) {
    return torch::optim::Adam(parameters,
                              torch::optim::AdamOptions(0.01).betas({0.9, 0.98}).weight_decay(0.1));
  });
  check_same(decaying(Optimizer::adamw), [](std::vector<Tensor> parameters) {
    return torch::optim::AdamW(
        parameters, torch::optim::AdamWOptions(0.01).betas({0.9, 0.98}).weight_decay(0.1));
  });
}

TEST_CASE("the rate warms up and falls as a cosine") {
  FitOptions options;
  options.learning_rate = 1;
  options.schedule = Schedule::cosine;
  options.warmup = 0.1;
  const auto seen = rates(options, 100);
  CHECK(seen[0] == Approx(0.1).epsilon(1e-4));
  CHECK(seen[4] == Approx(0.5).epsilon(1e-4));
  CHECK(seen[9] == Approx(1).epsilon(1e-4));
  CHECK(seen[55] == Approx(0.5).epsilon(1e-3));
  CHECK(seen[99] < 0.001);
  CHECK(seen[99] >= 0);
}

TEST_CASE("gradients are clipped to a norm") {
  FitOptions options;
  options.clip = 1;
  Tensor weights = torch::zeros({2});
  Updater updater(weights, torch::ones({2}), options, 10);
  Tensor gradient = torch::tensor({3.0F, 4.0F});
  updater.step(gradient);
  CHECK(gradient.norm().item<double>() == Approx(1).epsilon(1e-4));
  Tensor small = torch::tensor({0.3F, 0.4F});
  updater.step(small);
  CHECK(small.norm().item<double>() == Approx(0.5));
}

TEST_CASE("vectors are spared from decay where asked for") {
  auto options = decaying(Optimizer::adamw);
  Tensor weights = torch::ones({2});
  Updater updater(weights, torch::tensor({1.0F, 0.0F}), options, 1);
  Tensor gradient = torch::zeros({2});
  updater.step(gradient);
  CHECK(weights[0].item<double>() == Approx(1 - 0.01 * 0.1));
  CHECK(weights[1].item<double>() == 1);
}

TEST_CASE("the average follows the weights") {
  FitOptions options;
  options.average = 0.5;
  Tensor weights = torch::zeros({1});
  Updater updater(weights, torch::ones({1}), options, 30);
  double expected = 0;
  for (int step = 1; step <= 30; ++step) {
    Tensor gradient = torch::randn({1});
    updater.step(gradient);
    const double kept = std::min(0.5, (1.0 + step) / (10.0 + step));
    expected = kept * expected + (1 - kept) * weights.item<double>();
  }
  CHECK(updater.result().item<double>() == Approx(expected).epsilon(1e-4));
  CHECK(updater.result().item<double>() != weights.item<double>());
}
