#include "engine/torch/block.hpp"

#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include "engine/torch/depthwise.hpp"

namespace vio::engine {

namespace {

namespace nn = torch::nn;
using torch::Tensor;

nn::Conv1d depth_conv(int channels, const model::BlockSpec& spec) {
  // The module owns the parameters and their initialisation; depthwise() does the arithmetic.
  return nn::Conv1d(nn::Conv1dOptions(channels, channels, spec.kernel).groups(channels));
}

nn::LayerNorm layer_norm(int channels) {
  return nn::LayerNorm(nn::LayerNormOptions({channels}));
}

Tensor convolve(const nn::Conv1d& conv, const Tensor& x_lnc, const Tensor& mask_ln1, int dilation) {
  const Tensor existing = mask_ln1.defined() ? x_lnc * mask_ln1 : x_lnc;
  return depthwise(existing, conv->weight, conv->bias, dilation);
}

/// One draw a row and channel, the same at every position.
Tensor drop_channels(const Tensor& x_lnc, double probability,
                     const c10::optional<at::Generator>& generator) {
  if (probability <= 0) {
    return x_lnc;
  }
  const auto kept = torch::empty({1, x_lnc.size(1), x_lnc.size(2)}, x_lnc.options())
                        .bernoulli_(1 - probability, generator);
  return x_lnc * (kept / (1 - probability));
}

class GatedBlock final : public Block {
 public:
  GatedBlock(const model::BlockSpec& spec, int channels, double dropout)
      : dilation_(spec.dilation),
        dropout_(dropout),
        depth_conv_(register_module("depth_conv", depth_conv(channels, spec))),
        gate_(register_module("gate", nn::Conv1d(nn::Conv1dOptions(channels, channels, 1)))),
        norm_(register_module("norm", layer_norm(channels))) {}

  Tensor forward(const Tensor& x_lnc, const Tensor& mask_ln1,
                 const c10::optional<at::Generator>& generator) override {
    const Tensor gate = torch::linear(x_lnc, gate_->weight.squeeze(2), gate_->bias).sigmoid();
    const Tensor product = convolve(depth_conv_, x_lnc, mask_ln1, dilation_) * gate;
    return norm_(drop_channels(product, is_training() ? dropout_ : 0, generator));
  }

 private:
  int dilation_;
  double dropout_;
  nn::Conv1d depth_conv_;
  nn::Conv1d gate_;
  nn::LayerNorm norm_;
};

class ResidualBlock final : public Block {
 public:
  ResidualBlock(const model::BlockSpec& spec, int channels, double dropout)
      : dilation_(spec.dilation),
        dropout_(dropout),
        norm_(register_module("norm", layer_norm(channels))),
        expand_(register_module("expand", nn::Linear(channels, 2 * spec.width))),
        depth_conv_(register_module("depth_conv", depth_conv(spec.width, spec))),
        project_(register_module("project", nn::Linear(spec.width, channels))) {}

  Tensor forward(const Tensor& x_lnc, const Tensor& mask_ln1,
                 const c10::optional<at::Generator>& generator) override {
    const auto halves = expand_(norm_(x_lnc)).chunk(2, 2);
    const Tensor product =
        convolve(depth_conv_, halves[0], mask_ln1, dilation_) * halves[1].sigmoid();
    return x_lnc + project_(drop_channels(product, is_training() ? dropout_ : 0, generator));
  }

 private:
  int dilation_;
  double dropout_;
  nn::LayerNorm norm_;
  nn::Linear expand_;
  nn::Conv1d depth_conv_;
  nn::Linear project_;
};

}  // namespace

std::shared_ptr<Block> make_block(const model::BlockSpec& spec, int channels, double dropout) {
  if (spec.kind == model::BlockSpec::Kind::gated) {
    return std::make_shared<GatedBlock>(spec, channels, dropout);
  }
  return std::make_shared<ResidualBlock>(spec, channels, dropout);
}

}  // namespace vio::engine
