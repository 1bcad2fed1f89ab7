#pragma once

#include "train/fit_data.hpp"
#include "vio/cli/parse.hpp"

namespace vio::train {

/// The value of --test-size, or its default.
[[nodiscard]] double test_fraction(const cli::ParsedOptions& options);

/// What fit's options say about the parts of the data. Throws core::UsageError, also where two of
/// them contradict each other.
[[nodiscard]] PartOptions part_options(const cli::ParsedOptions& options);

}  // namespace vio::train
