#include "train/fit_choices.hpp"

#include <fmt/format.h>

#include "train/common_options.hpp"
#include "train/json.hpp"
#include "train/option_names.hpp"
#include "train/spec_source.hpp"

namespace vio::train {

namespace {

constexpr std::int64_t kMostEpochs = 1'000'000;
constexpr double kMostDropout = 0.95;
constexpr double kMostAverage = 0.999999;

/// Overrides `value` where the option was given.
void take(const cli::ParsedOptions& options, std::string_view name, double least, double most,
          double& value) {
  if (options.has(name)) {
    value = options.number(name, least, most);
  }
}

template <typename Value, std::size_t n>
void take(const cli::ParsedOptions& options, std::string_view name, const Names<Value, n>& names,
          Value& value) {
  if (options.has(name)) {
    value = value_of(names, options.text(name));
  }
}

void take_optimizer(const cli::ParsedOptions& options, FitOptions& chosen) {
  take(options, "optimizer", kOptimizers, chosen.optimizer);
  take(options, "learning-rate", 1e-12, 1e3, chosen.learning_rate);
  take(options, "beta1", 0, 0.999999, chosen.beta1);
  take(options, "beta2", 0, 0.999999, chosen.beta2);
  take(options, "weight-decay", 0, 1e3, chosen.weight_decay);
  if (options.has("decay")) {
    chosen.decay_vectors = options.text("decay") == "all";
  }
  take(options, "clip", 0, 1e9, chosen.clip);
  take(options, "schedule", kSchedules, chosen.schedule);
  take(options, "warmup", 0, 1, chosen.warmup);
  take(options, "average", 0, kMostAverage, chosen.average);
  if (options.has("init")) {
    chosen.scaled_init = options.text("init") == "scaled";
  }
}

void take_regularisation(const cli::ParsedOptions& options, FitOptions& chosen) {
  take(options, "label-smoothing", 0, 0.9, chosen.label_smoothing);
  take(options, "class-weights", kClassWeights, chosen.class_weights);
  take(options, "logit-adjustment", 0, 10, chosen.logit_adjustment);
  take(options, "distill-weight", 0, 1, chosen.distill_weight);
  take(options, "dropout-channels", 0, kMostDropout, chosen.dropout_channels);
  take(options, "dropout-head", 0, kMostDropout, chosen.dropout_head);
  take(options, "word-share", 0, 0.95, chosen.word_share);
  auto& augmentation = chosen.augmentation;
  take(options, "augment-rc", 0, 1, augmentation.reverse_complement);
  if (options.has("augment-rc-classes")) {
    augmentation.reverse_complement_classes = comma_separated(options.text("augment-rc-classes"));
  }
  take(options, "augment-substitutions", 0, 1, augmentation.substitutions);
  take(options, "augment-mask", 0, 1, augmentation.mask);
  take(options, "length-dropout", 0, 1, augmentation.length_dropout);
}

}  // namespace

FitChoices fit_choices(const cli::ParsedOptions& options) {
  FitChoices choices;
  // The classes are not known yet, and no recipe depends on them.
  choices.recipe = options.has("recipe")
                       ? options.text("recipe")
                       : default_recipe(load_spec(options.text("spec"), {"a", "b"}));
  auto& chosen = choices.options;
  chosen = recipe(choices.recipe);
  chosen.compute = compute_options(options);
  if (options.has("epochs")) {
    chosen.epochs = static_cast<int>(options.integer("epochs", 1, kMostEpochs));
  }
  take_optimizer(options, chosen);
  take_regularisation(options, chosen);
  if (!options.has("distill-from")) {
    chosen.distill_weight = 0;
  }
  chosen.seed = seed_option(options, "seed");
  take(options, "monitor", kMonitors, chosen.monitor);
  chosen.patience = static_cast<int>(options.integer("patience", 0, kMostEpochs));
  return choices;
}

std::string describe_choices(const FitChoices& choices) {
  return fmt::format("recipe {}: {}", choices.recipe, fit_options_to_json(choices.options));
}

}  // namespace vio::train
