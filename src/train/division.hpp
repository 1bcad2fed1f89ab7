#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/split.hpp"

namespace vio::train {

/// What is kept alike when rows are divided: the shares of the classes only, or also groups of
/// similar sequences, which stay in one part.
enum class SplitBy : std::uint8_t { label, similarity };

struct Division {
  SplitBy by = SplitBy::label;
  double similarity = 0.1;  ///< of sequences that stay together, as Likeness::jaccard
  std::uint32_t seed = 42;
  int threads = 1;  ///< that compare sequences; the result does not depend on it

  bool operator==(const Division&) const = default;
};

/// Groups of similar rows that were kept together.
struct GroupCounts {
  std::size_t groups = 0;
  std::size_t largest = 0;  ///< rows
};

/// Divides rows. Classes count in the sorted order of their names, so that the order in a spec does
/// not matter. Immutable; finding groups is all done when it is made.
class Divider {
 public:
  Divider(const Dataset& data, std::span<const std::string> classes, const core::Alphabet& alphabet,
          const Division& division);

  /// The only row of a class is never in the test part. Throws core::UsageError.
  [[nodiscard]] Split split(double test_fraction) const;
  /// The fold that tests each row. Throws core::UsageError.
  [[nodiscard]] std::vector<std::size_t> folds(std::size_t count) const;
  /// Nothing was grouped where rows are divided by label.
  [[nodiscard]] GroupCounts group_counts() const;

 private:
  Division division_;
  std::vector<int> labels_;          ///< ranks of the names of the classes that occur
  std::vector<std::size_t> groups_;  ///< of rows; empty: none
};

}  // namespace vio::train
