#pragma once

#include <span>
#include <string>

#include "vio/train/metrics.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

/// What a model said about every row, as CSV: `place` (line of a table, record number of a FASTA),
/// `label`, `predicted`, and the probabilities `p_CLASS`. Rows are those of `table`, in order.
[[nodiscard]] std::string predictions_to_csv(const Predictions& predictions, const Table& table,
                                             std::span<const std::string> classes);

}  // namespace vio::train
