#pragma once

#include <cstdint>
#include <vector>

#include "vio/encode/encoded_batch.hpp"

namespace vio::annotate {

/// A batch with its scores.
struct ScoredBatch {
  encode::EncodedBatch encoded;
  std::vector<float> probabilities;  ///< [n_windows, n_classes]; rows not scored are zero
  std::uint64_t positions_requested = 0;
  std::uint64_t positions_computed = 0;
  double score_seconds = 0;  ///< time of one thread
};

}  // namespace vio::annotate
