#include "train/learner.hpp"

#include <torch/utils.h>

#include "train/augment.hpp"
#include "train/batch.hpp"
#include "train/loss.hpp"
#include "train/replicas.hpp"
#include "train/scorer.hpp"
#include "train/updater.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

Replicas seeded_replicas(const ClassifierFactory& factory, const FitOptions& options) {
  torch::manual_seed(options.seed);
  return {factory, options.compute};
}

std::uint64_t total_steps(std::size_t rows, const FitOptions& options) {
  const auto batch = options.compute.batch_size;
  return static_cast<std::uint64_t>(options.epochs) * ((rows + batch - 1) / batch);
}

torch::Tensor decayed_weights(const Replicas& replicas, const FitOptions& options) {
  const auto matrices = replicas.matrix_mask();
  return options.decay_vectors ? torch::ones_like(matrices) : matrices;
}

model::Tensor to_model(const torch::Tensor& flat) {
  const auto values = flat.to(torch::kCPU).contiguous();
  const auto* data = values.data_ptr<float>();
  return {.shape = {values.numel()}, .values = {data, data + values.numel()}};
}

torch::Tensor from_model(const model::TensorMap& tensors, std::string_view name,
                         std::int64_t count) {
  const auto found = tensors.find(name);
  if (found == tensors.end() || found->second.shape != std::vector<std::int64_t>{count}) {
    throw core::UsageError(
        "the checkpoint is of a network of another size; train again without --resume");
  }
  return torch::tensor(found->second.values);
}

}  // namespace

struct Learner::Impl {
  Impl(const Trainable& trainable, const Dataset& the_train, const FitOptions& the_options,
       const FitStart& start)
      : spec(trainable.spec),
        train(the_train),
        options(the_options),
        augmenter(spec, options.augmentation, options.seed),
        replicas(seeded_replicas(trainable.make, options)),
        initial_tensors(start.initial.empty() ? 0 : replicas.load(start.initial)),
        loss(options, spec.classes.size(), train.labels, start.teacher, replicas.device()),
        updater(replicas.parameters(), decayed_weights(replicas, options), options,
                total_steps(train.size(), options)) {}

  /// Gradient of one worker's share; the loss is divided by the size of the whole batch, so that
  /// the shares' gradients add up to those of the mean loss.
  StepResult go(std::size_t worker, std::span<const std::size_t> rows, int epoch,
                std::size_t rows_of_all) {
    auto& classifier = replicas.at(worker);
    const bool packs = options.packed && classifier.takes_packed();
    const auto batch =
        make_training_batch(train, rows, epoch, spec, augmenter, packs).to(replicas.device());
    const auto logits = classifier.forward(batch);
    const auto sum = loss.sum(logits, batch.labels, rows);
    (sum / static_cast<double>(rows_of_all)).backward();
    return {.loss_sum = sum.item<double>(),
            .correct = static_cast<std::size_t>(
                (logits.argmax(1) == batch.labels).sum().item<std::int64_t>())};
  }

  /// Calls `work` while the classifiers have the weights that count.
  template <typename Work>
  auto with_result(Work work) {
    const torch::NoGradGuard no_grad;
    if (options.average <= 0) {
      return work();
    }
    const auto own = replicas.parameters().clone();
    replicas.parameters().copy_(updater.result());
    auto result = work();
    replicas.parameters().copy_(own);
    return result;
  }

  model::Spec spec;
  const Dataset& train;
  FitOptions options;
  Augmenter augmenter;
  Replicas replicas;
  std::size_t initial_tensors;
  Loss loss;
  Updater updater;
};

Learner::Learner(const Trainable& trainable, const Dataset& train, const FitOptions& options,
                 const FitStart& start)
    : impl_(std::make_unique<Impl>(trainable, train, options, start)) {}

Learner::~Learner() = default;

StepResult Learner::step(std::span<const std::size_t> rows, int epoch) {
  auto& replicas = impl_->replicas;
  replicas.set_training(true);
  replicas.clear_gradients();
  replicas.seed(impl_->options.seed, impl_->updater.state().steps);
  std::vector<StepResult> shares(replicas.size());
  replicas.run([&](std::size_t worker) {
    const auto begin = rows.size() * worker / shares.size();
    const auto end = rows.size() * (worker + 1) / shares.size();
    if (begin < end) {
      shares[worker] = impl_->go(worker, rows.subspan(begin, end - begin), epoch, rows.size());
    }
  });
  replicas.sum_gradients();
  impl_->updater.step(replicas.gradient());
  StepResult sum;
  for (const auto& share : shares) {
    sum.loss_sum += share.loss_sum;
    sum.correct += share.correct;
  }
  return sum;
}

Predictions Learner::predict(const Dataset& data) {
  return impl_->with_result([&] {
    return score_rows(impl_->replicas, impl_->spec, data, impl_->options.compute.batch_size);
  });
}

model::TensorMap Learner::weights() {
  return impl_->with_result([&] { return impl_->replicas.first().weights(); });
}

std::size_t Learner::initial_tensors() const {
  return impl_->initial_tensors;
}

LearnerState Learner::state() const {
  const auto& state = impl_->updater.state();
  LearnerState saved{.tensors = {}, .steps = state.steps};
  saved.tensors["parameters"] = to_model(impl_->replicas.parameters());
  saved.tensors["average"] = to_model(state.average);
  saved.tensors["moment1"] = to_model(state.moment1);
  saved.tensors["moment2"] = to_model(state.moment2);
  return saved;
}

void Learner::restore(const LearnerState& state) {
  auto& parameters = impl_->replicas.parameters();
  const auto count = parameters.numel();
  parameters.copy_(from_model(state.tensors, "parameters", count));
  impl_->updater.restore({.moment1 = from_model(state.tensors, "moment1", count),
                          .moment2 = from_model(state.tensors, "moment2", count),
                          .average = from_model(state.tensors, "average", count),
                          .steps = state.steps});
}

}  // namespace vio::train
