#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vio::train {

/// Where a sequence lies.
struct PackedPlace {
  std::size_t row = 0;
  std::size_t begin = 0;
};

struct Packing {
  std::size_t rows = 0;
  std::size_t length = 0;  ///< positions of every row
  std::vector<PackedPlace> places;
};

/// Lays sequences first-fit, the longest first, into rows of equal length, with at least `gap`
/// positions between two. Rows are `row_length` long, or as long as the longest sequence.
[[nodiscard]] Packing pack(std::span<const std::size_t> lengths, std::size_t gap,
                           std::size_t row_length);

/// The row length that wastes fewest positions, out of a few.
[[nodiscard]] Packing pack_tightly(std::span<const std::size_t> lengths, std::size_t gap);

}  // namespace vio::train
