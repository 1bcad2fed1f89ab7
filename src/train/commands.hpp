#pragma once

#include <string>

#include "vio/cli/parse.hpp"

namespace vio::train {

/// Every verb returns its exit code and throws core::Error. `command` is the command line with file
/// names instead of paths, for the record.
int fit_command(const cli::ParsedOptions& options, const std::string& command);
int evaluate_command(const cli::ParsedOptions& options, const std::string& command);
int import_command(const cli::ParsedOptions& options, const std::string& command);
int describe_command(const cli::ParsedOptions& options, const std::string& command);

}  // namespace vio::train
