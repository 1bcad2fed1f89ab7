#include <fmt/format.h>

#include <algorithm>

#include "train/json.hpp"
#include "train/option_names.hpp"
#include "vio/core/error.hpp"
#include "vio/train/fit_options.hpp"

namespace vio::train {

FitOptions plain_recipe() {
  return {};
}

FitOptions vio_recipe() {
  FitOptions options;
  options.epochs = 14;
  options.optimizer = Optimizer::adamw;
  options.learning_rate = 3e-3;
  options.beta2 = 0.98;
  options.weight_decay = 0.05;
  options.decay_vectors = false;
  options.clip = 1.0;
  options.schedule = Schedule::cosine;
  options.warmup = 0.05;
  options.average = 0.998;
  options.label_smoothing = 0.05;
  options.dropout_channels = 0.1;
  options.dropout_head = 0.3;
  options.scaled_init = true;
  options.augmentation.substitutions = 0.06;
  options.augmentation.mask = 0.24;
  return options;
}

std::string_view default_recipe(const model::Spec& spec) {
  const bool residual = std::ranges::any_of(spec.blocks, [](const model::BlockSpec& block) {
    return block.kind == model::BlockSpec::Kind::residual;
  });
  return residual ? "vio" : "plain";
}

FitOptions recipe(std::string_view name) {
  if (name == "plain") {
    return plain_recipe();
  }
  if (name == "vio") {
    return vio_recipe();
  }
  throw core::UsageError(fmt::format("--recipe takes plain or vio, not '{}'", name));
}

std::string fit_options_to_json(const FitOptions& options) {
  const auto& augmentation = options.augmentation;
  const OrderedJson json{{"epochs", options.epochs},
                         {"batch_size", options.compute.batch_size},
                         {"threads", options.compute.threads},
                         {"optimizer", name_of(kOptimizers, options.optimizer)},
                         {"learning_rate", options.learning_rate},
                         {"beta1", options.beta1},
                         {"beta2", options.beta2},
                         {"weight_decay", options.weight_decay},
                         {"decay_vectors", options.decay_vectors},
                         {"clip", options.clip},
                         {"schedule", name_of(kSchedules, options.schedule)},
                         {"warmup", options.warmup},
                         {"average", options.average},
                         {"label_smoothing", options.label_smoothing},
                         {"class_weights", name_of(kClassWeights, options.class_weights)},
                         {"logit_adjustment", options.logit_adjustment},
                         {"distill_weight", options.distill_weight},
                         {"dropout_channels", options.dropout_channels},
                         {"dropout_head", options.dropout_head},
                         {"scaled_init", options.scaled_init},
                         {"augmentation",
                          {{"reverse_complement", augmentation.reverse_complement},
                           {"reverse_complement_classes", augmentation.reverse_complement_classes},
                           {"substitutions", augmentation.substitutions},
                           {"mask", augmentation.mask},
                           {"length_dropout", augmentation.length_dropout}}},
                         {"word_share", options.word_share},
                         {"seed", options.seed},
                         {"monitor", name_of(kMonitors, options.monitor)},
                         {"patience", options.patience},
                         {"packed", options.packed}};
  return json.dump();
}

}  // namespace vio::train
