#pragma once

#include "run_job.hpp"
#include "sequence_config.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::cli {

/// Scores sequences into a table; returns the exit code. `source` is what the configuration names.
[[nodiscard]] int run_sequence_job(const SequenceConfig& config, source::SequenceSource& source,
                                   RunJob& job);

}  // namespace vio::cli
