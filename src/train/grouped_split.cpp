#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "train/numpy_random.hpp"
#include "vio/core/error.hpp"
#include "vio/train/split.hpp"

namespace vio::train {

namespace {

using Rows = std::vector<std::size_t>;
using Counts = std::vector<double>;  // of every class

std::vector<Rows> rows_by_group(std::span<const std::size_t> groups) {
  std::vector<Rows> rows;
  for (std::size_t row = 0; row < groups.size(); ++row) {
    rows.resize(std::max(rows.size(), groups[row] + 1));
    rows[groups[row]].push_back(row);
  }
  return rows;
}

/// Parts that fill up with groups.
class Parts {
 public:
  Parts(std::span<const int> labels, std::span<const double> shares) : labels_(labels) {
    const auto classes = labels.empty() ? 0 : *std::ranges::max_element(labels) + 1;
    Counts total(static_cast<std::size_t>(classes));
    for (const int label : labels) {
      ++total[static_cast<std::size_t>(label)];
    }
    for (const double share : shares) {
      auto& wanted = wanted_.emplace_back(total);
      for (auto& count : wanted) {
        count *= share;
      }
      held_.emplace_back(total.size());
    }
  }

  /// Puts the rows into the part where the sum of (held - wanted)^2 / wanted over parts and classes
  /// becomes smallest, and returns its number.
  std::size_t place(const Rows& rows) {
    Counts counts(held_.front().size());
    for (const auto row : rows) {
      ++counts[static_cast<std::size_t>(labels_[row])];
    }
    std::size_t best = 0;
    for (std::size_t part = 1; part < held_.size(); ++part) {
      // Equal costs to the bit are common: the first, which grouped_split makes the larger, wins.
      if (cost(part, counts) < cost(best, counts)) {
        best = part;
      }
    }
    std::ranges::transform(held_[best], counts, held_[best].begin(), std::plus<>());
    return best;
  }

 private:
  [[nodiscard]] double cost(std::size_t part, const Counts& counts) const {
    double change = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (counts[k] > 0) {
        const double wanted = wanted_[part][k];
        change += counts[k] * (2 * (held_[part][k] - wanted) + counts[k]) / wanted;
      }
    }
    return change;
  }

  std::span<const int> labels_;
  std::vector<Counts> wanted_;  ///< rows a part and class
  std::vector<Counts> held_;
};

/// The part of every row. Throws where one of them is empty.
Rows place_groups(std::span<const int> labels, std::span<const std::size_t> groups,
                  std::span<const double> shares, std::uint32_t seed) {
  auto rows = rows_by_group(groups);
  NumpyRandom random(seed);
  random.shuffle(std::span(rows));
  std::ranges::stable_sort(rows, std::ranges::greater(), &Rows::size);
  Parts parts(labels, shares);
  Rows part_of(labels.size());
  std::vector<bool> used(shares.size());
  for (const auto& group : rows) {
    if (group.empty()) {
      continue;
    }
    const auto part = parts.place(group);
    used[part] = true;
    for (const auto row : group) {
      part_of[row] = part;
    }
  }
  if (std::ranges::find(used, false) != used.end()) {
    throw core::UsageError(
        fmt::format("{} rows form too few groups of similar sequences for {} parts; give more "
                    "rows, or a higher "
                    "--split-similarity",
                    labels.size(), shares.size()));
  }
  return part_of;
}

}  // namespace

Split grouped_split(std::span<const int> labels, std::span<const std::size_t> groups,
                    double test_fraction, std::uint32_t seed) {
  const std::vector<double> shares{1 - test_fraction, test_fraction};
  const auto part_of = place_groups(labels, groups, shares, seed);
  Split split;
  for (std::size_t row = 0; row < part_of.size(); ++row) {
    (part_of[row] == 0 ? split.train : split.test).push_back(row);
  }
  return split;
}

std::vector<std::size_t> grouped_folds(std::span<const int> labels,
                                       std::span<const std::size_t> groups, std::size_t folds,
                                       std::uint32_t seed) {
  const std::vector<double> shares(folds, 1 / static_cast<double>(folds));
  return place_groups(labels, groups, shares, seed);
}

}  // namespace vio::train
