#pragma once

#include "record_config.hpp"
#include "run_job.hpp"
#include "vio/hts/input.hpp"

namespace vio::cli {

/// Scores the reads of SAM, BAM or CRAM into a table or tagged alignments; returns the exit code.
[[nodiscard]] int run_alignment_job(const RecordConfig& config, hts::Input input,
                                    const std::string& command, RunJob& job);

/// Scores the rows of a CSV or TSV into the same rows with columns added; returns the exit code.
[[nodiscard]] int run_row_job(const RecordConfig& config, hts::Input input, RunJob& job);

}  // namespace vio::cli
