#pragma once

#include <cstddef>
#include <vector>

#include "vio/train/dataset.hpp"

namespace vio::train {

/// Rows that train and rows that judge.
struct Fold {
  std::vector<std::size_t> training;
  std::vector<std::size_t> held_out;
};

/// `n` folds of shuffled rows, each row held out once, every class spread over all of them as far
/// as its rows go. Always the same for the same labels.
[[nodiscard]] std::vector<Fold> held_out_folds(const std::vector<int>& labels, std::size_t n);

}  // namespace vio::train
