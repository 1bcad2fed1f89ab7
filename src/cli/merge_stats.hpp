#pragma once

#include <string>

#include "spdlog/logger.h"
#include "vio/cli/option_table.hpp"
#include "vio/cli/parse.hpp"

namespace vio::cli {

/// Merges the stats files that the options name (--merge-stats) and writes the reports of the
/// whole; returns the exit code. `command` is what the merged stats say about themselves.
[[nodiscard]] int merge_stats(const ParsedOptions& options, const Program& program,
                              const std::string& command, spdlog::logger& log);

}  // namespace vio::cli
