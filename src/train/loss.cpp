#include "train/loss.hpp"

#include <torch/nn/functional/loss.h>

#include <cmath>

namespace vio::train {

namespace {

std::vector<double> frequencies(std::size_t classes, const std::vector<int>& labels) {
  std::vector<double> parts(classes);
  for (const int label : labels) {
    parts[static_cast<std::size_t>(label)] += 1 / static_cast<double>(labels.size());
  }
  return parts;
}

/// Their mean over the training rows is 1. A class without rows needs no weight.
torch::Tensor loss_weights(ClassWeights kind, const std::vector<double>& parts) {
  if (kind == ClassWeights::none) {
    return {};
  }
  std::vector<float> weights;
  double mean = 0;
  for (const double part : parts) {
    const double weight =
        part <= 0 ? 0 : 1 / (kind == ClassWeights::balanced ? part : std::sqrt(part));
    weights.push_back(static_cast<float>(weight));
    mean += part * weight;
  }
  return torch::tensor(weights) / mean;
}

torch::Tensor adjustment(double tau, const std::vector<double>& parts) {
  // Keeps a class without rows from an infinite logit.
  constexpr double kLeast = 1e-6;
  if (tau == 0) {
    return {};
  }
  std::vector<float> values;
  for (const double part : parts) {
    values.push_back(static_cast<float>(tau * std::log(std::max(part, kLeast))));
  }
  return torch::tensor(values);
}

torch::Tensor on(const torch::Device& device, const torch::Tensor& tensor) {
  return tensor.defined() ? tensor.to(device) : tensor;
}

}  // namespace

Loss::Loss(const FitOptions& options, std::size_t classes, const std::vector<int>& labels,
           const std::vector<float>& teacher, const torch::Device& device)
    : smoothing_(options.label_smoothing),
      distill_weight_(options.distill_weight),
      class_weights_(on(device, loss_weights(options.class_weights, frequencies(classes, labels)))),
      adjustment_(on(device, adjustment(options.logit_adjustment, frequencies(classes, labels)))) {
  if (!teacher.empty() && distill_weight_ > 0) {
    teacher_ = torch::tensor(teacher).view({-1, static_cast<std::int64_t>(classes)});
  }
}

torch::Tensor Loss::sum(const torch::Tensor& logits, const torch::Tensor& labels,
                        std::span<const std::size_t> rows) const {
  namespace functional = torch::nn::functional;
  const auto adjusted = adjustment_.defined() ? logits + adjustment_ : logits;
  auto losses = functional::cross_entropy(
      adjusted, labels,
      functional::CrossEntropyFuncOptions().reduction(torch::kNone).label_smoothing(smoothing_));
  if (class_weights_.defined()) {
    losses = losses * class_weights_.index_select(0, labels);
  }
  if (teacher_.defined()) {
    const std::vector<std::int64_t> numbers(rows.begin(), rows.end());
    const auto targets = teacher_.index_select(0, torch::tensor(numbers)).to(logits.device());
    const auto divergence =
        (targets * (targets.clamp_min(1e-12).log() - logits.log_softmax(1))).sum(1);
    losses = losses * (1 - distill_weight_) + divergence * distill_weight_;
  }
  return losses.sum();
}

}  // namespace vio::train
