#pragma once

#include <cstddef>

#include "train/replicas.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// Probabilities of every row, in evaluation mode. Batches hold rows of similar length and do not
/// depend on the number of workers, nor do the results.
[[nodiscard]] Predictions score_rows(Replicas& replicas, const model::Spec& spec,
                                     const Dataset& data, std::size_t batch_size);

}  // namespace vio::train
