#pragma once

#include <string>

#include "vio/cli/parse.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// Where the checkpoint of an output is.
[[nodiscard]] std::string checkpoint_path(const std::string& output);

/// What --resume, --init-from and --distill-from say; the checkpoint is that of `output`. Reads
/// the models, lets teachers predict the training rows, and says on standard error what it did.
[[nodiscard]] FitStart fit_start(const cli::ParsedOptions& options, const std::string& output,
                                 const model::Spec& spec, const Dataset& train,
                                 const FitOptions& fit_options);

}  // namespace vio::train
