#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/train/dataset.hpp"

namespace vio::train {

/// Similarities of 11-mers (similarity.hpp) from which a test row counts.
inline constexpr double kNearlyTheSame = 0.9;
inline constexpr double kSimilar = 0.5;

/// How many test rows the training rows already hold. Each number includes the ones before it.
struct Overlap {
  std::size_t test_rows = 0;
  std::size_t training_rows = 0;  ///< in a cross-validation, of the round that has the most
  std::size_t identical = 0;      ///< the same sequence, however short
  std::size_t nearly_the_same =
      0;                    ///< Jaccard similarity of at least kNearlyTheSame, either strand
  std::size_t similar = 0;  ///< of at least kSimilar
  std::vector<std::size_t> unlike;  ///< the test rows that are not similar
};

/// Compares all test rows with all training rows on `threads` threads; memory is bounded by the
/// test rows and a part of the training rows.
[[nodiscard]] Overlap find_overlap(const Dataset& test, const Dataset& training,
                                   const core::Alphabet& alphabet, int threads);

}  // namespace vio::train
