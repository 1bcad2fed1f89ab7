#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vio::train {

/// Row numbers of the two parts, in the order in which they are used.
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

/// The same where rows of one group must stay in one part: groups are placed one by one, the
/// largest first and equal ones in an order drawn from `seed`, each where it takes the classes'
/// shares nearest to what was asked for. Rows of both parts ascend. `groups` are numbers from 0,
/// one a row. Throws core::UsageError where a part stays empty.
[[nodiscard]] Split grouped_split(std::span<const int> labels, std::span<const std::size_t> groups,
                                  double test_fraction, std::uint32_t seed);

/// Which of `folds` parts tests each row: exactly scikit-learn's StratifiedKFold(folds,
/// shuffle=True, random_state=seed). Throws core::UsageError for fewer than two folds, or more than
/// the commonest class has rows.
[[nodiscard]] std::vector<std::size_t> stratified_folds(std::span<const int> labels,
                                                        std::size_t folds, std::uint32_t seed);

/// The same where rows of one group must stay in one fold, placed as by grouped_split(). Throws
/// core::UsageError where a fold stays empty.
[[nodiscard]] std::vector<std::size_t> grouped_folds(std::span<const int> labels,
                                                     std::span<const std::size_t> groups,
                                                     std::size_t folds, std::uint32_t seed);

}  // namespace vio::train
