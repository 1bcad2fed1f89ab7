#pragma once

#include <span>

#include "vio/cli/option_table.hpp"
#include "vio/cli/parse.hpp"

namespace vio::bench {

/// The verbs: pace, tune, train, growth. Each writes one JSON object to standard output.
[[nodiscard]] std::span<const cli::Program> programs();

/// Measures how fast one network trains.
void pace_command(const cli::ParsedOptions& options);

/// Chooses a network's learning rate on a part of the training rows.
void tune_command(const cli::ParsedOptions& options);

/// Trains one network and measures it once on the test rows.
void train_command(const cli::ParsedOptions& options);

/// Measures time and memory of scoring windows of one length.
void growth_command(const cli::ParsedOptions& options);

}  // namespace vio::bench
