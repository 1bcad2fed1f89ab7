#pragma once

#include <string>

#include "vio/stats/run_stats.hpp"

namespace vio::cli {

/// One line for people: records, windows, scored, skipped by reason, rate, engine and device.
[[nodiscard]] std::string summary_line(const stats::RunStats& stats);

}  // namespace vio::cli
