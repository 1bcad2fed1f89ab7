#pragma once

#include "models/networks.hpp"
#include "train/fit_data.hpp"
#include "train/json.hpp"
#include "vio/cli/parse.hpp"

namespace vio::bench {

/// What pace, tune and train have in common: a contender, the rows, and the recipe that is the same
/// for all.
struct TrainSetup {
  const Contender& network;
  model::Spec spec;
  train::FitOptions recipe;  ///< what vio-train does for residual specs
  train::PartOptions part_options;
  train::Parts parts;

  [[nodiscard]] train::Trainable trainable() const { return {network.make(spec, recipe), spec}; }
};

/// Reads the table. Throws core::UsageError and what load_table throws.
[[nodiscard]] TrainSetup train_setup(const cli::ParsedOptions& options, double validation_fraction);

/// Network, versions and rows.
[[nodiscard]] train::OrderedJson setup_to_json(const TrainSetup& setup);

}  // namespace vio::bench
