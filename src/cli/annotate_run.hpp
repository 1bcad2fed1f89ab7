#pragma once

#include <memory>
#include <string>

#include "annotate_config.hpp"
#include "spdlog/logger.h"
#include "vio/model/model.hpp"

namespace vio::cli {

/// Runs one checked job and returns the exit code. `command` is recorded in the stats JSON.
[[nodiscard]] int run_annotate(const AnnotateConfig& config,
                               const std::shared_ptr<const model::Model>& model,
                               const std::string& command, spdlog::logger& log);

}  // namespace vio::cli
