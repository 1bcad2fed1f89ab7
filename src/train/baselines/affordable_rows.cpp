#include "train/baselines/affordable_rows.hpp"

#include <algorithm>
#include <vector>

#include "train/numpy_random.hpp"

namespace vio::train {

Dataset affordable_rows(const Dataset& rows) {
  constexpr std::uint32_t kSeed = 0;
  constexpr std::size_t kMostPositions = 8'000'000;
  std::size_t positions = 0;
  std::vector<std::size_t> taken;
  for (const auto row : NumpyRandom(kSeed).permutation(rows.size())) {
    positions += rows.sequences[row].size();
    if (positions > kMostPositions && !taken.empty()) {
      break;
    }
    taken.push_back(row);
  }
  std::ranges::sort(taken);
  return select_rows(rows, taken);
}

}  // namespace vio::train
