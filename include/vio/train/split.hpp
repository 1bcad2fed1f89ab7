#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vio::train {

/// Row numbers of the two parts, in the shuffled order in which they are used.
struct Split {
  std::vector<std::size_t> train;
  std::vector<std::size_t> test;
};

/// Exactly scikit-learn's train_test_split(test_size=test_fraction, random_state=seed,
/// stratify=labels), NumPy's legacy generator included. `labels` are class numbers from 0, numbered
/// in the sorted order of the class names. Throws core::UsageError where a class has fewer than two
/// rows, or where a part would have fewer rows than there are classes.
[[nodiscard]] Split stratified_split(std::span<const int> labels, double test_fraction,
                                     std::uint32_t seed);

}  // namespace vio::train
