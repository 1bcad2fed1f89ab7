#pragma once

#include <vector>

#include "vio/cli/option_table.hpp"

namespace vio::train {

// Options that several verbs share.
[[nodiscard]] cli::OptionGroup general_group();
[[nodiscard]] cli::OptionGroup table_group();
[[nodiscard]] cli::OptionGroup compute_group();
[[nodiscard]] cli::OptionGroup interval_group();
[[nodiscard]] std::vector<cli::Option> split_options();
[[nodiscard]] std::vector<cli::Option> card_options();
[[nodiscard]] cli::Option output_option();
/// What the man pages of verbs without files of their own say beyond their options.
[[nodiscard]] std::vector<cli::ManualSection> shared_manual();

// What a recipe decides.
[[nodiscard]] cli::OptionGroup training_group();
[[nodiscard]] cli::OptionGroup optimizer_group();
[[nodiscard]] cli::OptionGroup loss_group();
[[nodiscard]] cli::OptionGroup augmentation_group();

// One program a verb, and what its man page says of them all.
[[nodiscard]] cli::Program overview_program();
[[nodiscard]] cli::Program fit_program();
[[nodiscard]] cli::Program evaluate_program();
[[nodiscard]] cli::Program import_program();
[[nodiscard]] cli::Program describe_program();

}  // namespace vio::train
