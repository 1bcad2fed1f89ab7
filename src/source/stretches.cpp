#include "source/stretches.hpp"

#include <algorithm>

namespace vio::source {

void sort_and_merge(std::vector<Stretch>& stretches) {
  std::sort(stretches.begin(), stretches.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::vector<Stretch> merged;
  for (const auto& stretch : stretches) {
    if (!merged.empty() && stretch.begin < merged.back().end) {
      merged.back().end = std::max(merged.back().end, stretch.end);
    } else {
      merged.push_back(stretch);
    }
  }
  stretches = std::move(merged);
}

std::vector<Stretch>::const_iterator first_overlap(const std::vector<Stretch>& stretches,
                                                   const Stretch& covered) {
  // Stretches do not overlap each other, so their ends are sorted too.
  const auto at = std::upper_bound(
      stretches.begin(), stretches.end(), covered.begin,
      [](std::int64_t begin, const Stretch& stretch) { return begin < stretch.end; });
  // An insertion covers no base (begin = end = the base after its anchor): it lies in a stretch
  // that has both of its neighbours.
  const auto overlaps = [&](auto it) {
    return it != stretches.end() && covered.begin < it->end && covered.end > it->begin;
  };
  return overlaps(at) ? at : stretches.end();
}

}  // namespace vio::source
