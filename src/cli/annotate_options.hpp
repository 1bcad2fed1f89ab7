#pragma once

#include "vio/cli/option_table.hpp"

namespace vio::cli {

/// The options of vio-annotate.
[[nodiscard]] const Program& annotate_program();

}  // namespace vio::cli
