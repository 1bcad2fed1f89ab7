#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "train/numpy_random.hpp"
#include "vio/core/error.hpp"
#include "vio/train/split.hpp"

namespace vio::train {

namespace {

/// Classes numbered in the order in which they first occur, and their rows.
std::vector<std::vector<std::size_t>> rows_by_first_occurrence(std::span<const int> labels) {
  std::map<int, std::size_t> numbers;
  std::vector<std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const auto [at, is_new] = numbers.emplace(labels[row], rows.size());
    if (is_new) {
      rows.emplace_back();
    }
    rows[at->second].push_back(row);
  }
  return rows;
}

void check_folds(const std::vector<std::vector<std::size_t>>& rows, std::size_t folds) {
  std::size_t most = 0;
  for (const auto& of_class : rows) {
    most = std::max(most, of_class.size());
  }
  if (folds < 2 || folds > most) {
    throw core::UsageError(fmt::format(
        "{} folds of a table whose commonest class has {} rows; give 2 folds or more, and no more "
        "than that class has rows",
        folds, most));
  }
}

}  // namespace

std::vector<std::size_t> stratified_folds(std::span<const int> labels, std::size_t folds,
                                          std::uint32_t seed) {
  const auto rows = rows_by_first_occurrence(labels);
  check_folds(rows, folds);
  // Rows sorted by class are dealt to the folds in turn, which says how many of a class each gets.
  NumpyRandom random(seed);
  std::vector<std::size_t> fold_of(labels.size());
  std::size_t dealt = 0;
  for (const auto& of_class : rows) {
    std::vector<std::size_t> shares(folds);
    for (std::size_t i = 0; i < of_class.size(); ++i) {
      ++shares[(dealt + i) % folds];
    }
    dealt += of_class.size();
    std::vector<std::size_t> drawn;
    for (std::size_t fold = 0; fold < folds; ++fold) {
      drawn.insert(drawn.end(), shares[fold], fold);
    }
    random.shuffle(std::span(drawn));
    for (std::size_t i = 0; i < of_class.size(); ++i) {
      fold_of[of_class[i]] = drawn[i];
    }
  }
  return fold_of;
}

}  // namespace vio::train
