#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "vio/model/model.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/fit_options.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// As `vio-annotate --strand` has it.
enum class Strand : std::uint8_t { forward, reverse, both };

/// Throws core::UsageError for another name.
[[nodiscard]] Strand strand(std::string_view name);

/// In place. Needs alphabet.has_complement().
void reverse_complement(std::vector<core::Code>& codes, const core::Alphabet& alphabet);

/// Predictions of the rows' reverse complements, or the mean of the probabilities of both strands.
/// Throws core::UsageError where the alphabet has no complement.
[[nodiscard]] Predictions predict_strand(const model::Model& model, const Dataset& data,
                                         const ComputeOptions& options, Strand strand);

}  // namespace vio::train
