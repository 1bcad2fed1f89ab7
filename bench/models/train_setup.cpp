#include "models/train_setup.hpp"

#include <torch/version.h>

#include "train/common_options.hpp"
#include "train/part_options.hpp"
#include "train/spec_source.hpp"
#include "vio/core/version.hpp"

namespace vio::bench {

namespace {

constexpr double kTestFraction = 0.2;
constexpr double kMostAdjustment = 10;
constexpr std::int64_t kMostEpochs = 1'000'000;

train::FitOptions shared_recipe(const cli::ParsedOptions& options) {
  auto recipe = train::vio_recipe();
  recipe.compute = train::compute_options(options);
  recipe.seed = train::seed_option(options, "seed");
  recipe.epochs = static_cast<int>(options.integer("epochs", 1, kMostEpochs));
  recipe.logit_adjustment = options.number("logit-adjustment", 0, kMostAdjustment);
  auto& augmentation = recipe.augmentation;
  augmentation.reverse_complement_classes =
      train::comma_separated(options.text("augment-rc-classes"));
  augmentation.reverse_complement = augmentation.reverse_complement_classes.empty() ? 0 : 0.5;
  return recipe;
}

train::FitTables table_of(const cli::ParsedOptions& options) {
  train::FitTables tables;
  tables.rows = train::keep_repeated_classes(train::load_table(train::table_options(options)));
  tables.classes = train::class_names(tables.rows);
  return tables;
}

}  // namespace

TrainSetup train_setup(const cli::ParsedOptions& options, double validation_fraction) {
  const auto& network = contender(options.text("network"));
  auto recipe = shared_recipe(options);
  const train::PartOptions part_options{
      .division = train::division_option(options),
      .test_fraction = train::test_fraction_option(options, kTestFraction),
      .validation_fraction = validation_fraction};
  const auto tables = table_of(options);
  auto spec = train::load_spec(options.text("spec"), tables.classes);
  auto parts = train::make_parts(tables, spec, part_options);
  return {.network = network,
          .spec = std::move(spec),
          .recipe = std::move(recipe),
          .part_options = part_options,
          .parts = std::move(parts)};
}

train::OrderedJson setup_to_json(const TrainSetup& setup) {
  return {{"network", setup.network.name},
          {"summary", setup.network.summary},
          {"version", core::version()},
          {"libtorch", TORCH_VERSION},
          {"workers", setup.recipe.compute.threads},
          {"batch_size", setup.recipe.compute.batch_size},
          {"data",
           {{"test_fraction", setup.part_options.test_fraction},
            {"validation_fraction", setup.part_options.validation_fraction},
            {"split_seed", setup.part_options.division.seed},
            {"train_rows", setup.parts.train.size()},
            {"validation_rows", setup.parts.validation.size()},
            {"test_rows", setup.parts.test.size()}}}};
}

}  // namespace vio::bench
