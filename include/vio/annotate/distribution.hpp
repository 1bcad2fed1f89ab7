#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vio/annotate/probability.hpp"

namespace vio::annotate {

/// How values in millionths are spread: counts in bins of one width, and exact sums. Whole numbers
/// throughout, so the result does not depend on the order in which values come or parts are merged.
struct Distribution {
  Millionths begin = 0;  ///< of the first bin
  Millionths width = 1;
  std::vector<std::uint64_t> counts;  ///< values outside the bins count in the nearest
  std::uint64_t n = 0;
  std::int64_t sum = 0;    ///< millionths
  Millionths minimum = 0;  ///< of what was counted; 0 where nothing was
  Millionths maximum = 0;

  void add(Millionths value) noexcept;
  /// `other` has the same bins.
  void merge(const Distribution& other) noexcept;

  bool operator==(const Distribution&) const = default;
};

/// Probabilities: 50 bins from 0 to 1.
[[nodiscard]] Distribution score_distribution();
/// Differences of probabilities: 101 bins from -1.01 to 1.01, of which the middle one holds 0.
[[nodiscard]] Distribution delta_distribution();

}  // namespace vio::annotate
