#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include "vio/model/spec.hpp"

namespace vio::engine {

/// Per-position features to one vector a row: the spec's pooling kinds, concatenated.
class Pooling final : public torch::nn::Module {
 public:
  Pooling(const model::PoolingSpec& spec, int channels);

  /// x_lnc [L, N, C]; mask_ln1 [L, N, 1] is 1 at pooled positions, undefined if all are;
  /// counts_n1 [N, 1], pooled positions of each row. Returns [N, pooled features].
  torch::Tensor forward(const torch::Tensor& x_lnc, const torch::Tensor& mask_ln1,
                        const torch::Tensor& counts_n1);

 private:
  torch::Tensor pool(model::PoolKind kind, const torch::Tensor& x_lnc,
                     const torch::Tensor& mask_ln1, const torch::Tensor& counts_n1);
  torch::Tensor attend(const torch::Tensor& x_lnc, const torch::Tensor& mask_ln1);

  model::PoolingSpec spec_;
  torch::nn::Linear score_{nullptr};
  torch::nn::Linear value_{nullptr};
};

}  // namespace vio::engine
