#pragma once

#include <cstdint>
#include <limits>

#include "vio/source/selection.hpp"

namespace vio::source {

/// Units laid end to end form an axis [0, total); a shard owns the window starts of one part of it.
struct ShardAxis {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  bool last = false;  ///< the last shard also owns the empty units that lie at the axis' end
};

/// Part `shard.index` of `shard.count`, [total (i - 1) / n, total i / n), without overflow.
[[nodiscard]] ShardAxis shard_axis(std::int64_t total, const Shard& shard) noexcept;

/// The starts that a shard owns in a unit, relative to the unit's begin.
struct OwnedStarts {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  /// To the unit's end and, where the unit is empty, its one row.
  static constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
};

/// What the shard owns of a unit that begins at `position` of the axis, if it were endless; nothing
/// is owned where end <= begin, or where the unit ends before `begin`. With `whole`, a unit
/// belongs to the shard that holds its begin.
[[nodiscard]] OwnedStarts owned_starts(const ShardAxis& axis, std::int64_t position,
                                       bool whole) noexcept;

/// Whether anything is owned of a unit of this length.
[[nodiscard]] bool owns_any(const OwnedStarts& owned, std::int64_t length) noexcept;

}  // namespace vio::source
