#include "vio/train/split.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "train/numpy_random.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

using Counts = std::vector<std::size_t>;

/// Rows of every class, in input order.
std::vector<Counts> rows_by_class(std::span<const int> labels) {
  const auto n_classes = labels.empty() ? 0 : *std::ranges::max_element(labels) + 1;
  std::vector<Counts> rows(static_cast<std::size_t>(n_classes));
  for (std::size_t row = 0; row < labels.size(); ++row) {
    rows[static_cast<std::size_t>(labels[row])].push_back(row);
  }
  return rows;
}

/// How many of `draws` rows each class gives: its share rounded down, and the rest to the classes
/// with the largest remainders, ties drawn at random.
Counts apportion(const Counts& class_counts, std::size_t draws, NumpyRandom& random) {
  const auto total = std::accumulate(class_counts.begin(), class_counts.end(), std::size_t{0});
  Counts given(class_counts.size());
  std::vector<double> remainders(class_counts.size());
  for (std::size_t i = 0; i < class_counts.size(); ++i) {
    // The order of the operations is scikit-learn's: ties are found by exact comparison.
    const double share = static_cast<double>(class_counts[i]) / static_cast<double>(total) *
                         static_cast<double>(draws);
    given[i] = static_cast<std::size_t>(std::floor(share));
    remainders[i] = share - std::floor(share);
  }
  auto missing = draws - std::accumulate(given.begin(), given.end(), std::size_t{0});
  auto values = remainders;
  std::ranges::sort(values, std::greater<>());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  for (std::size_t v = 0; v < values.size() && missing > 0; ++v) {
    std::vector<std::size_t> tied;
    for (std::size_t i = 0; i < remainders.size(); ++i) {
      if (remainders[i] == values[v]) {
        tied.push_back(i);
      }
    }
    random.shuffle(std::span(tied));
    tied.resize(std::min(tied.size(), missing));
    for (const auto i : tied) {
      ++given[i];
    }
    missing -= tied.size();
  }
  return given;
}

void check_sizes(const std::vector<Counts>& rows, std::size_t n_train, std::size_t n_test) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() < 2) {
      throw core::UsageError(fmt::format(
          "class number {} has {} row(s), but a stratified split needs at least 2 of every class",
          i, rows[i].size()));
    }
  }
  if (rows.empty() || n_train < rows.size() || n_test < rows.size()) {
    throw core::UsageError(fmt::format(
        "a split into {} and {} rows is too small for {} classes; every part needs at least one "
        "row a class, so change the fraction or give more rows",
        n_train, n_test, rows.size()));
  }
}

}  // namespace

Split stratified_split(std::span<const int> labels, double test_fraction, std::uint32_t seed) {
  const auto rows = rows_by_class(labels);
  const auto n_test =
      static_cast<std::size_t>(std::ceil(test_fraction * static_cast<double>(labels.size())));
  const auto n_train = labels.size() - std::min(n_test, labels.size());
  check_sizes(rows, n_train, n_test);

  NumpyRandom random(seed);
  Counts counts(rows.size());
  std::ranges::transform(rows, counts.begin(),
                         [](const auto& of_class) { return of_class.size(); });
  const auto train_counts = apportion(counts, n_train, random);
  Counts remaining(counts.size());
  std::ranges::transform(counts, train_counts, remaining.begin(), std::minus<>());
  const auto test_counts = apportion(remaining, n_test, random);

  Split split;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto order = random.permutation(counts[i]);
    for (std::size_t k = 0; k < train_counts[i] + test_counts[i]; ++k) {
      (k < train_counts[i] ? split.train : split.test).push_back(rows[i][order[k]]);
    }
  }
  random.shuffle(std::span(split.train));
  random.shuffle(std::span(split.test));
  return split;
}

}  // namespace vio::train
