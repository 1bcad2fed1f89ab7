#include "train/learner.hpp"

#include <torch/nn/functional/loss.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>

#include "train/batch.hpp"
#include "train/replicas.hpp"
#include "train/scorer.hpp"

namespace vio::train {

namespace {

Replicas seeded_replicas(const model::Spec& spec, const FitOptions& options) {
  torch::manual_seed(options.seed);
  return {
      spec, {.channels = options.dropout_channels, .head = options.dropout_head}, options.compute};
}

std::unique_ptr<torch::optim::Optimizer> make_optimizer(std::vector<torch::Tensor> parameters,
                                                        const FitOptions& options) {
  if (options.optimizer == Optimizer::adamw) {
    return std::make_unique<torch::optim::AdamW>(
        std::move(parameters),
        torch::optim::AdamWOptions(options.learning_rate).weight_decay(options.weight_decay));
  }
  return std::make_unique<torch::optim::Adam>(
      std::move(parameters),
      torch::optim::AdamOptions(options.learning_rate).weight_decay(options.weight_decay));
}

}  // namespace

struct Learner::Impl {
  Impl(const model::Spec& the_spec, const FitOptions& options)
      : spec(the_spec),
        replicas(seeded_replicas(the_spec, options)),
        optimizer(make_optimizer(replicas.first()->parameters(), options)),
        batch_size(options.compute.batch_size) {}

  /// Gradient of one worker's share; the loss is divided by the size of the whole batch, so that
  /// the shares' gradients add up to those of the mean loss.
  StepResult go(std::size_t worker, const Batch& batch, std::size_t rows_of_all) {
    const auto& device = replicas.device();
    const auto labels = batch.labels.to(device);
    const auto logits = replicas.at(worker)->forward(
        batch.codes_nl.to(device), batch.lengths.to(device), batch.whole.to(device));
    const auto loss = torch::nn::functional::cross_entropy(
        logits, labels, torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kSum));
    (loss / static_cast<double>(rows_of_all)).backward();
    return {
        .loss_sum = loss.item<double>(),
        .correct = static_cast<std::size_t>((logits.argmax(1) == labels).sum().item<int64_t>())};
  }

  model::Spec spec;
  Replicas replicas;
  std::unique_ptr<torch::optim::Optimizer> optimizer;
  std::size_t batch_size;
};

Learner::Learner(const model::Spec& spec, const FitOptions& options)
    : impl_(std::make_unique<Impl>(spec, options)) {}

Learner::~Learner() = default;

StepResult Learner::step(const Dataset& data, std::span<const std::size_t> rows) {
  auto& replicas = impl_->replicas;
  replicas.set_training(true);
  replicas.clear_gradients();
  std::vector<StepResult> shares(replicas.size());
  replicas.run([&](std::size_t worker) {
    const auto begin = rows.size() * worker / shares.size();
    const auto end = rows.size() * (worker + 1) / shares.size();
    if (begin < end) {
      const auto batch = make_batch(data, rows.subspan(begin, end - begin), impl_->spec);
      shares[worker] = impl_->go(worker, batch, rows.size());
    }
  });
  replicas.sum_gradients();
  impl_->optimizer->step();
  StepResult sum;
  for (const auto& share : shares) {
    sum.loss_sum += share.loss_sum;
    sum.correct += share.correct;
  }
  return sum;
}

Predictions Learner::predict(const Dataset& data) {
  return score_rows(impl_->replicas, data, impl_->batch_size);
}

model::TensorMap Learner::weights() const {
  return engine::weights_of(impl_->replicas.first());
}

}  // namespace vio::train
