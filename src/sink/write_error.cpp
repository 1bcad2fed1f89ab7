#include "write_error.hpp"

#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>

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

int bgzf_error_number(const BGZF& file) {
  const int of_file = file.fp == nullptr ? 0 : herrno(file.fp);
  return of_file != 0 ? of_file : errno;
}

}  // namespace vio::sink
