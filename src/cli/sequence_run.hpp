#pragma once

#include "run_job.hpp"
#include "sequence_config.hpp"
#include "vio/hts/input.hpp"

namespace vio::cli {

/// Scores sequences into a table; returns the exit code. `input` is what the configuration names.
[[nodiscard]] int run_sequence_job(const SequenceConfig& config, hts::Input input, RunJob& job);

}  // namespace vio::cli
