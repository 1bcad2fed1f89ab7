#pragma once

#include <cstdint>

#include "vio/sink/output_target.hpp"

namespace vio::sink {

/// TBI's binning covers 2^29 positions a contig; CSI has no such limit.
inline constexpr std::int64_t kTbiLongestContig = std::int64_t{1} << 29;

enum class IndexKind : std::uint8_t { tbi, csi };

/// Indexes a BGZF table whose columns 1, 2, 3 are contig, begin and end (0-based half-open), with
/// `#` comments. Throws core::OutputError.
void build_tabix_index(const OutputTarget& table, const OutputTarget& index, IndexKind kind,
                       int threads);

}  // namespace vio::sink
