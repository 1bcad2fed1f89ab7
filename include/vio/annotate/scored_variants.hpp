#pragma once

#include <cstdint>
#include <vector>

#include "vio/encode/encoded_variants.hpp"

namespace vio::annotate {

/// A batch of variants with its scores.
struct ScoredVariants {
  encode::EncodedVariants encoded;
  std::vector<float> probabilities;  ///< [n_windows, n_classes]
  std::uint64_t positions_requested = 0;
  std::uint64_t positions_computed = 0;
  double score_seconds = 0;  ///< time of one thread
};

}  // namespace vio::annotate
