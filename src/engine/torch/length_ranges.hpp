#pragma once

#include <torch/nn/module.h>

#include <cstddef>

#include "vio/model/spec.hpp"

namespace vio::engine {

/// What the dyadic ranges that hold a window's length add to its logits (model::LengthSpec).
class LengthRanges : public torch::nn::Module {
 public:
  /// All zero, so that a length which training never met says nothing.
  LengthRanges(const model::LengthSpec& spec, std::size_t n_classes);

  /// `lengths` int64 [N]; `used` bool [N], or undefined: all are. Returns float32 [N, classes].
  torch::Tensor forward(const torch::Tensor& lengths, const torch::Tensor& used);

 private:
  model::LengthSpec spec_;
  torch::Tensor weight_;  ///< [ranges, classes]
};

}  // namespace vio::engine
