#pragma once

#include <torch/types.h>

#include <cstddef>
#include <span>

#include "vio/model/spec.hpp"
#include "vio/train/dataset.hpp"

namespace vio::train {

/// Rows of a dataset as the network takes them, on the CPU.
struct Batch {
  torch::Tensor codes_nl;  ///< uint8 [N, L], padded on the right
  torch::Tensor lengths;   ///< int64 [N]
  torch::Tensor whole;     ///< bool [N], all true: training sequences are never cut
  torch::Tensor labels;    ///< int64 [N]
};

/// L is the spec's window where that is fixed, else the longest of the rows.
[[nodiscard]] Batch make_batch(const Dataset& data, std::span<const std::size_t> rows,
                               const model::Spec& spec);

}  // namespace vio::train
