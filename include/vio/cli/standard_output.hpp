#pragma once

#include <string_view>

namespace vio::cli {

/// Writes text (help, a list) to standard output. Throws core::ClosedPipe or core::OutputError.
void print_to_stdout(std::string_view text);

}  // namespace vio::cli
