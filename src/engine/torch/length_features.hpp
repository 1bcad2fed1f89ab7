#pragma once

#include <torch/types.h>

namespace vio::engine {

/// A window's length as the head reads it (model::LengthSpec): float32 [N, model::kLengthFeatures].
/// lengths int64 [N]; used bool [N], rows whose features are not zeroed; undefined if all are used.
[[nodiscard]] torch::Tensor length_features(const torch::Tensor& lengths,
                                            const torch::Tensor& used);

}  // namespace vio::engine
