#pragma once

#include "vio/sink/output_target.hpp"

struct BGZF;

namespace vio::sink {

/// Throws what a failed write means: core::ClosedPipe for standard output's reader gone, else
/// core::OutputError with the reason of `error_number`.
[[noreturn]] void throw_write_error(const OutputTarget& target, int error_number);

/// Why the last call on a file of HTSlib failed; 0 where nobody knows. HTSlib's own threads keep
/// their errno to themselves.
[[nodiscard]] int bgzf_error_number(const BGZF& file);

}  // namespace vio::sink
