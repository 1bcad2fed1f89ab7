#pragma once

#include <string>
#include <vector>

namespace vio::cli {

/// Runs vio-annotate with the arguments after the program's name and returns its exit code. Catches
/// every exception and turns it into one sentence on standard error.
[[nodiscard]] int annotate(const std::vector<std::string>& arguments);

}  // namespace vio::cli
