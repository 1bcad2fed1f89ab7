#pragma once

#include "run_job.hpp"
#include "variant_config.hpp"
#include "vio/hts/input.hpp"

namespace vio::cli {

/// Scores variants into VCF, BCF or a table; returns the exit code. `input` is what the
/// configuration names, `command` what its header records.
[[nodiscard]] int run_variant_job(const VariantConfig& config, hts::Input input,
                                  const std::string& command, RunJob& job);

}  // namespace vio::cli
