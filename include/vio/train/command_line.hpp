#pragma once

#include <span>
#include <string>
#include <vector>

#include "vio/cli/option_table.hpp"

namespace vio::train {

/// The verbs of vio-train, each a program of its own: fit, evaluate, import, describe.
[[nodiscard]] std::span<const cli::Program> programs();

/// Runs vio-train with the arguments after the program's name and returns its exit code. Catches
/// every exception and turns it into one sentence on standard error.
[[nodiscard]] int run(const std::vector<std::string>& arguments);

}  // namespace vio::train
