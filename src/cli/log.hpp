#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <spdlog/logger.h>

namespace vio::cli {

enum class Verbosity : std::uint8_t { quiet, normal, verbose };

/// Messages go to standard error as `vio-annotate: info: ...`; standard output is for data.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(std::string_view program,
                                                          Verbosity verbosity);

}  // namespace vio::cli
