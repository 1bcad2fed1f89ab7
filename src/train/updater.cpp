#include "train/updater.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace vio::train {

namespace {

constexpr double kEpsilon = 1e-8;      // PyTorch's default
constexpr double kClipEpsilon = 1e-6;  // that of clip_grad_norm_

void clip(torch::Tensor& gradient, double largest) {
  const double norm = gradient.norm().item<double>();
  if (norm > largest) {
    gradient.mul_(largest / (norm + kClipEpsilon));
  }
}

}  // namespace

Updater::Updater(torch::Tensor parameters, torch::Tensor decayed, const FitOptions& options,
                 std::uint64_t total_steps)
    : parameters_(std::move(parameters)),
      decayed_(std::move(decayed)),
      options_(options),
      total_steps_(static_cast<double>(total_steps)),
      state_{.moment1 = torch::zeros_like(parameters_),
             .moment2 = torch::zeros_like(parameters_),
             .average = options.average > 0 ? parameters_.clone() : parameters_,
             .steps = 0} {}

double Updater::rate() const {
  const double warm = options_.warmup * total_steps_;
  const auto done = static_cast<double>(state_.steps);
  if (done < warm) {
    return options_.learning_rate * std::min(1.0, (done + 1) / warm);
  }
  if (options_.schedule == Schedule::constant) {
    return options_.learning_rate;
  }
  const double part = std::min(1.0, (done - warm) / std::max(total_steps_ - warm, 1.0));
  return options_.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * part));
}

void Updater::decay(torch::Tensor& gradient, double rate) {
  if (options_.weight_decay <= 0) {
    return;
  }
  if (options_.optimizer == Optimizer::adam) {
    gradient.add_(parameters_ * decayed_, options_.weight_decay);
  } else {
    parameters_.mul_(1 - decayed_ * (rate * options_.weight_decay));
  }
}

/// The arithmetic of torch::optim::Adam and AdamW, operation for operation.
void Updater::step(torch::Tensor& gradient) {
  const torch::NoGradGuard no_grad;
  if (options_.clip > 0) {
    clip(gradient, options_.clip);
  }
  const double learning_rate = rate();
  decay(gradient, learning_rate);
  ++state_.steps;
  const auto steps = static_cast<double>(state_.steps);
  const double correction1 = 1 - std::pow(options_.beta1, steps);
  const double correction2 = 1 - std::pow(options_.beta2, steps);
  state_.moment1.mul_(options_.beta1).add_(gradient, 1 - options_.beta1);
  state_.moment2.mul_(options_.beta2).addcmul_(gradient, gradient, 1 - options_.beta2);
  const auto denominator = (state_.moment2.sqrt() / std::sqrt(correction2)).add_(kEpsilon);
  parameters_.addcdiv_(state_.moment1, denominator, -learning_rate / correction1);
  update_average();
}

void Updater::update_average() {
  if (options_.average > 0) {
    const auto steps = static_cast<double>(state_.steps);
    const double kept = std::min(options_.average, (1 + steps) / (10 + steps));
    state_.average.lerp_(parameters_, 1 - kept);
  }
}

void Updater::restore(const State& state) {
  state_.moment1.copy_(state.moment1);
  state_.moment2.copy_(state.moment2);
  state_.average.copy_(state.average);
  state_.steps = state.steps;
}

}  // namespace vio::train
