#pragma once

#include "vio/sink/output_target.hpp"

namespace vio::sink {

/// Throws what a failed write means: core::ClosedPipe for standard output's reader gone, else
/// core::OutputError with the reason of `error_number`.
[[noreturn]] void throw_write_error(const OutputTarget& target, int error_number);

}  // namespace vio::sink
