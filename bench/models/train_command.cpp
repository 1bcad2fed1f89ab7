#include "models/commands.hpp"
#include "models/resources.hpp"
#include "models/train_setup.hpp"
#include "train/common_options.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/train/report.hpp"

namespace vio::bench {

namespace {

using train::OrderedJson;

constexpr std::int64_t kMostResamples = 1'000'000;

std::int64_t parameter_count(const model::TensorMap& tensors) {
  std::size_t count = 0;
  for (const auto& [name, tensor] : tensors) {
    count += tensor.values.size();
  }
  return static_cast<std::int64_t>(count);
}

OrderedJson training_to_json(const train::FitResult& result, const train::FitOptions& recipe,
                             double seconds) {
  return {{"epochs", recipe.epochs},
          {"cpu_seconds", seconds},
          {"train_loss", result.log.back().train_loss},
          {"train_accuracy", result.log.back().train_accuracy},
          {"recipe", OrderedJson::parse(train::fit_options_to_json(recipe))}};
}

/// Without the points of the curves, which no table shows.
OrderedJson to_json(const train::Evaluation& evaluation, const std::vector<std::string>& classes) {
  auto json = OrderedJson::parse(train::evaluation_to_json(evaluation, classes));
  json.erase("roc_curves");
  return json;
}

}  // namespace

void train_command(const cli::ParsedOptions& options) {
  const auto resamples = static_cast<std::size_t>(options.integer("bootstrap", 1, kMostResamples));
  auto setup = train_setup(options, 0);
  setup.recipe.learning_rate = options.number("learning-rate", 1e-9, 1e3);
  const auto trainable = setup.trainable();
  const double start = cpu_seconds();
  const auto result = train::fit_classifier(trainable, setup.parts.train, {}, setup.recipe, {});
  const double seconds = cpu_seconds() - start;
  const double peak = peak_resident_mib();
  const auto predictions =
      train::predict_classifier(trainable, result.tensors, setup.parts.test, setup.recipe.compute);
  const auto evaluation =
      train::evaluate(predictions, resamples, train::seed_option(options, "bootstrap-seed"));
  auto json = setup_to_json(setup);
  json["parameters"] = parameter_count(result.tensors);
  json["training"] = training_to_json(result, setup.recipe, seconds);
  json["peak_resident_mib"] = peak;
  json["test"] = to_json(evaluation, setup.spec.classes);
  cli::print_to_stdout(json.dump(1) + "\n");
}

}  // namespace vio::bench
