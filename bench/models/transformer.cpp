#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>

#include "models/networks.hpp"
#include "models/rival.hpp"

namespace vio::bench {

namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr std::int64_t kChannels = 64;
constexpr std::int64_t kHeads = 4;
constexpr std::int64_t kFeedForward = 160;
constexpr int kLayers = 2;
constexpr std::int64_t kStemKernel = 11;
constexpr std::int64_t kStride = 4;  // positions a token

nn::LayerNorm layer_norm() {
  return nn::LayerNorm(nn::LayerNormOptions({kChannels}));
}

/// A layer that normalises first, which trains at higher rates than torch::nn's, which does last.
class Layer final : public nn::Module {
 public:
  Layer()
      : norm1_(register_module("norm1", layer_norm())),
        attention_(register_module("attention", nn::MultiheadAttention(kChannels, kHeads))),
        norm2_(register_module("norm2", layer_norm())),
        expand_(register_module("expand", nn::Linear(kChannels, kFeedForward))),
        project_(register_module("project", nn::Linear(kFeedForward, kChannels))) {}

  template <typename Drop>
  Tensor forward(const Tensor& x_tnc, const Tensor& padding_nt, const Drop& drop) {
    const auto normed = norm1_(x_tnc);
    const auto attended =
        std::get<0>(attention_(normed, normed, normed, padding_nt, /*need_weights=*/false));
    const auto x = x_tnc + drop(attended);
    return x + drop(project_(torch::gelu(expand_(norm2_(x)))));
  }

 private:
  nn::LayerNorm norm1_;
  nn::MultiheadAttention attention_;
  nn::LayerNorm norm2_;
  nn::Linear expand_;
  nn::Linear project_;
};

/// A convolution makes a token of every four positions; then two layers of attention.
class Transformer final : public Rival {
 public:
  Transformer(const model::Spec& spec, const train::FitOptions& options)
      : Rival(spec, options, 2 * kChannels),
        stem_(register_module(
            "stem",
            nn::Conv1d(nn::Conv1dOptions(symbols(), kChannels, kStemKernel).stride(kStride)))),
        norm_(register_module("norm", layer_norm())) {
    nn::ModuleList list;
    for (int i = 0; i < kLayers; ++i) {
      layers_.push_back(std::make_shared<Layer>());
      list->push_back(std::shared_ptr<nn::Module>(layers_.back()));
    }
    register_module("layers", list);
  }

 private:
  Tensor encode(const Tensor& codes_nl, const Tensor& lengths) override {
    const auto tokens_tnc = convolved(one_hot(codes_nl.t()), stem_);
    const auto tokens = tokens_tnc.size(0);
    const auto token_lengths = (lengths + (kStride - 1)).div(kStride, "floor");
    Tensor padding_nt;
    if (token_lengths.min().item<std::int64_t>() < tokens) {
      padding_nt = real_positions(token_lengths, tokens).squeeze(2).t() == 0;
    }
    const auto dropper = [this](const Tensor& x) { return drop(x); };
    auto x_tnc = drop(tokens_tnc + sinusoids(tokens, kChannels));
    for (const auto& layer : layers_) {
      x_tnc = layer->forward(x_tnc, padding_nt, dropper);
    }
    return mean_and_max(norm_(x_tnc), token_lengths);
  }

  nn::Conv1d stem_;
  std::vector<std::shared_ptr<Layer>> layers_;
  nn::LayerNorm norm_;
};

}  // namespace

train::ClassifierFactory transformer(const model::Spec& spec, const train::FitOptions& options) {
  return [spec, options] { return std::make_shared<Transformer>(spec, options); };
}

}  // namespace vio::bench
