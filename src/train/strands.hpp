#pragma once

#include <vector>

#include "vio/core/strand.hpp"
#include "vio/model/model.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/fit_options.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// In place. Needs alphabet.has_complement().
void reverse_complement(std::vector<core::Code>& codes, const core::Alphabet& alphabet);

/// Predictions of the rows' reverse complements, or the mean of the probabilities of both strands.
/// All but forward need a complement, which core::parse_strand sees to.
[[nodiscard]] Predictions predict_strand(const model::Model& model, const Dataset& data,
                                         const ComputeOptions& options, core::Strand strand);

}  // namespace vio::train
