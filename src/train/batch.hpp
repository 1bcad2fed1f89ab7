#pragma once

#include <torch/types.h>

#include <cstddef>
#include <optional>
#include <span>

#include "train/augment.hpp"
#include "vio/engine/torch/network.hpp"
#include "vio/model/spec.hpp"
#include "vio/train/dataset.hpp"

namespace vio::train {

/// Rows of a dataset as a classifier takes them.
struct Batch {
  torch::Tensor codes_nl;  ///< uint8 [N, L], padded on the right
  torch::Tensor lengths;   ///< int64 [N]
  torch::Tensor whole;     ///< bool [N], the row is not cut from a longer sequence
  torch::Tensor labels;    ///< int64 [N]
  std::optional<engine::PackedRows> packed;  ///< the same sequences, where that saves work

  [[nodiscard]] Batch to(const torch::Device& device) const;
};

/// L is the spec's window where that is fixed, else the longest of the rows.
[[nodiscard]] Batch make_batch(const Dataset& data, std::span<const std::size_t> rows,
                               const model::Spec& spec);

/// Augmented rows of an epoch, as make_batch has them; with `packs` also packed where the spec
/// allows it and lengths differ.
[[nodiscard]] Batch make_training_batch(const Dataset& data, std::span<const std::size_t> rows,
                                        int epoch, const model::Spec& spec,
                                        const Augmenter& augmenter, bool packs);

}  // namespace vio::train
