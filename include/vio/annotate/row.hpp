#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "vio/annotate/probability.hpp"
#include "vio/core/status.hpp"

namespace vio::annotate {

/// Everything a column may print about one window, sequence, read or region of reads. Views live as
/// long as the call.
struct Row {
  std::string_view seq_id;  ///< of reads their name
  std::string_view contig;  ///< where a read or a region lies; `*` where a read lies nowhere
  std::int64_t start = 0;   ///< 0-based half-open, on the contig; -1 where a read lies nowhere
  std::int64_t end = 0;
  char strand = '+';                          ///< `+`, `-`, or `.` for the mean of both
  std::int64_t length = 0;                    ///< positions
  std::int64_t unknown = 0;                   ///< positions that are not a symbol of the alphabet
  std::uint64_t n_windows = 0;                ///< scored windows of a sequence
  std::uint64_t n_reads = 0;                  ///< scored reads of a region
  std::uint16_t flag = 0;                     ///< of a read, as SAM has it
  int mapping_quality = 0;                    ///< of a read
  std::span<const Millionths> probabilities;  ///< [n_classes]; empty where nothing was scored
  std::int64_t entropy = 0;                   ///< millionths of a bit
  core::Status status = core::Status::ok;
};

}  // namespace vio::annotate
