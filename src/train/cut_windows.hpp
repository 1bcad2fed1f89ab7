#pragma once

#include "vio/model/model.hpp"

namespace vio::train {

/// The tensors with which every sequence scores as one that was cut from a longer sequence does:
/// length features reach the head as zeros. Unchanged where the spec reads no length, or reads that
/// of cut windows too.
[[nodiscard]] model::TensorMap scoring_cut_windows(const model::Spec& spec,
                                                   model::TensorMap tensors);

}  // namespace vio::train
