#pragma once

#include <cstdint>
#include <vector>

namespace vio::source {

/// A stretch of one contig, 0-based half-open.
struct Stretch {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  bool operator==(const Stretch&) const = default;
};

/// Leaves them sorted and without overlaps.
void sort_and_merge(std::vector<Stretch>& stretches);

/// The first of the stretches that a record which covers `covered` overlaps, or their end.
[[nodiscard]] std::vector<Stretch>::const_iterator first_overlap(
    const std::vector<Stretch>& stretches, const Stretch& covered);

}  // namespace vio::source
