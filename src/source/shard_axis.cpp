#include "source/shard_axis.hpp"

#include <algorithm>

namespace vio::source {

ShardAxis shard_axis(std::int64_t total, const Shard& shard) noexcept {
  const std::int64_t quotient = total / shard.count;
  const std::int64_t remainder = total % shard.count;
  // total * i / n, exactly; remainder * i stays below n * n.
  const auto edge = [&](std::int64_t i) { return quotient * i + remainder * i / shard.count; };
  return {edge(shard.index - 1), edge(shard.index), shard.index == shard.count};
}

OwnedStarts owned_starts(const ShardAxis& axis, std::int64_t position, bool whole) noexcept {
  if (position >= axis.end && !(axis.last && position == axis.end)) return {};
  if (whole && position < axis.begin) return {};
  return {std::max<std::int64_t>(0, axis.begin - position),
          whole || axis.last ? OwnedStarts::kAll : axis.end - position};
}

bool owns_any(const OwnedStarts& owned, std::int64_t length) noexcept {
  if (owned.end <= owned.begin) return false;
  return owned.begin < length || (owned.begin == 0 && length == 0);
}

}  // namespace vio::source
