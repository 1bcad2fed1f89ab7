#pragma once

#include <vector>

#include "vio/cli/option_table.hpp"

namespace vio::cli {

/// What the man page of vio-annotate says beyond its options.
[[nodiscard]] std::vector<ManualSection> annotate_manual();

}  // namespace vio::cli
