#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "vio/annotate/probability.hpp"
#include "vio/core/status.hpp"

namespace vio::annotate {

/// Everything a column may print about one window or one sequence. Views live as long as the call.
struct Row {
  std::string_view seq_id;
  std::int64_t start = 0;  ///< 0-based half-open, on the contig
  std::int64_t end = 0;
  char strand = '+';                          ///< `+`, `-`, or `.` for the mean of both
  std::int64_t length = 0;                    ///< positions
  std::int64_t unknown = 0;                   ///< positions that are not a symbol of the alphabet
  std::uint64_t n_windows = 0;                ///< scored windows of a sequence
  std::span<const Millionths> probabilities;  ///< [n_classes]; empty where nothing was scored
  std::int64_t entropy = 0;                   ///< millionths of a bit
  core::Status status = core::Status::ok;
};

}  // namespace vio::annotate
