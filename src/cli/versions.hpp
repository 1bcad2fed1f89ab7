#pragma once

#include <string>

namespace vio::cli {

/// What --version prints: the program, its libraries and its engines.
[[nodiscard]] std::string version_text();

}  // namespace vio::cli
