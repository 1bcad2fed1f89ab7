#pragma once

#include <string>
#include <vector>

#include "vio/cli/parse.hpp"
#include "vio/model/model.hpp"
#include "vio/train/table.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// The only argument without a dash. Throws core::UsageError where it is missing.
[[nodiscard]] std::string required_argument(const cli::ParsedOptions& options,
                                            std::string_view what);
/// The value of an option that has no default. Throws core::UsageError where it is missing.
[[nodiscard]] std::string required_option(const cli::ParsedOptions& options, std::string_view name);

[[nodiscard]] std::vector<std::string> comma_separated(const std::string& text);
[[nodiscard]] TableOptions table_options(const cli::ParsedOptions& options);
[[nodiscard]] ComputeOptions compute_options(const cli::ParsedOptions& options);
/// A seed of NumPy's range.
[[nodiscard]] std::uint32_t seed_option(const cli::ParsedOptions& options, std::string_view name);
/// Name, description, licence and limits; the name defaults to the output's.
[[nodiscard]] model::Card card_options(const cli::ParsedOptions& options,
                                       const std::string& output);

}  // namespace vio::train
