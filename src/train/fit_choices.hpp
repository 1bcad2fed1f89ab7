#pragma once

#include <string>

#include "vio/cli/parse.hpp"
#include "vio/train/fit_options.hpp"

namespace vio::train {

/// A recipe and what the command line changes of it.
struct FitChoices {
  std::string recipe;  ///< its name
  FitOptions options;
};

/// The recipe is that of --recipe, else the one that suits --spec. Throws core::UsageError, and
/// what load_spec throws.
[[nodiscard]] FitChoices fit_choices(const cli::ParsedOptions& options);

/// One line for people: the recipe and every value that decides what is learnt.
[[nodiscard]] std::string describe_choices(const FitChoices& choices);

}  // namespace vio::train
