#pragma once

#include "train/fit_data.hpp"
#include "vio/cli/parse.hpp"

namespace vio::train {

/// What --split-by, --split-similarity and --split-seed say; where one was not given, what
/// `otherwise` says.
[[nodiscard]] Division division_option(const cli::ParsedOptions& options,
                                       const Division& otherwise = {});
/// The value of --test-size, or `otherwise`.
[[nodiscard]] double test_fraction_option(const cli::ParsedOptions& options, double otherwise);

/// What fit's options say about the parts of the data. Throws core::UsageError, also where two of
/// them contradict each other.
[[nodiscard]] PartOptions part_options(const cli::ParsedOptions& options);

}  // namespace vio::train
