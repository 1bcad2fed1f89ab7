#include "train/baselines/folds.hpp"

#include <map>

#include "train/numpy_random.hpp"

namespace vio::train {

std::vector<Fold> held_out_folds(const std::vector<int>& labels, std::size_t n) {
  constexpr std::uint32_t kSeed = 0;
  std::vector<Fold> folds(n);
  std::map<int, std::size_t> seen;
  for (const auto row : NumpyRandom(kSeed).permutation(labels.size())) {
    // Rare classes begin at different folds, lest the first one holds out all of them.
    const auto label = labels[row];
    const auto held_by = (seen[label]++ + static_cast<std::size_t>(label)) % n;
    for (std::size_t fold = 0; fold < n; ++fold) {
      (fold == held_by ? folds[fold].held_out : folds[fold].training).push_back(row);
    }
  }
  return folds;
}

}  // namespace vio::train
