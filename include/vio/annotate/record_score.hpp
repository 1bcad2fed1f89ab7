#pragma once

#include <cstdint>
#include <vector>

#include "vio/annotate/probability.hpp"
#include "vio/annotate/scored_batch.hpp"
#include "vio/core/status.hpp"

namespace vio::annotate {

/// What the model says about one whole record: the mean of its windows' probabilities, weighted by
/// known positions (by one each, where no window has any).
struct RecordScore {
  std::int64_t length = 0;  ///< positions
  /// Positions of the whole record that are no symbol of the alphabet; score_records() leaves it at
  /// 0, because windows may overlap or leave positions out.
  std::int64_t unknown = 0;
  std::uint64_t n_windows = 0;             ///< scored ones
  core::Status status = core::Status::ok;  ///< ok if any window was scored, else the first's reason
  std::vector<double> mean;                ///< [n_classes]; empty unless status is ok
  std::vector<Millionths> probabilities;   ///< [n_classes], the same rounded
};

/// One score for every unit that ends in the batch, which must hold all windows of each.
[[nodiscard]] std::vector<RecordScore> score_records(const ScoredBatch& batch,
                                                     std::size_t n_classes);

}  // namespace vio::annotate
