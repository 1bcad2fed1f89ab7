#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vio/train/metrics.hpp"

namespace vio::train {

/// So many draws of a bootstrap are computed at once.
inline constexpr std::size_t kLanes = 8;
using Lanes = std::array<double, kLanes>;

/// Rows in the order of their probability of one class. Made once, used for every draw.
class ClassRanking {
 public:
  ClassRanking(const Predictions& predictions, int of_class);

  /// Area under the curve where every row counts `weights[row]` times, in each lane; NaN in a lane
  /// without rows of the class, or without others.
  [[nodiscard]] Lanes areas(std::span<const Lanes> weights) const;

  /// From (0, 0) to (1, 1), a point for every threshold.
  [[nodiscard]] std::vector<RocPoint> curve() const;

 private:
  struct Place {
    std::uint32_t row;
    bool of_class;
    bool ends_tie;  ///< the next row has a higher probability
  };
  std::vector<Place> places_;  ///< ascending
};

}  // namespace vio::train
