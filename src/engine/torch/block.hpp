#pragma once

#include <ATen/core/Generator.h>
#include <torch/nn/module.h>

#include <memory>

#include "vio/model/spec.hpp"

namespace vio::engine {

/// One block of the stack. Features are time-major, x_lnc [L, N, C]: see depthwise.hpp.
class Block : public torch::nn::Module {
 public:
  /// `mask_ln1` [L, N, 1] is 1 at positions that exist and 0 elsewhere; undefined if all do.
  /// Dropout draws from `generator`, or from LibTorch's own.
  virtual torch::Tensor forward(const torch::Tensor& x_lnc, const torch::Tensor& mask_ln1,
                                const c10::optional<at::Generator>& generator) = 0;
};

/// `dropout`: probability of dropping a channel of the product depth_conv(.) * sigmoid(gate).
[[nodiscard]] std::shared_ptr<Block> make_block(const model::BlockSpec& spec, int channels,
                                                double dropout);

}  // namespace vio::engine
