#include "write_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "vio/core/error.hpp"

namespace vio::sink {

void throw_write_error(const OutputTarget& target, int error_number) {
  if (target.is_stdout() && error_number == EPIPE) {
    throw core::ClosedPipe();
  }
  const auto* reason = error_number == 0 ? "the write failed" : std::strerror(error_number);
  throw core::OutputError(
      fmt::format("cannot write {}: {}{}", target.display_name(), reason,
                  target.is_temporary() ? "; no unfinished file was left" : ""));
}

}  // namespace vio::sink
