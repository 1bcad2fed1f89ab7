#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>

#include "models/networks.hpp"
#include "models/rival.hpp"

namespace vio::bench {

namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr std::int64_t kChannels = 64;

/// Convolution, normalisation over channels, ReLU, maximum over `pool` positions.
class Layer final : public nn::Module {
 public:
  Layer(std::int64_t channels, std::int64_t kernel, std::int64_t pool)
      : pool_(pool),
        conv_(register_module("conv", nn::Conv1d(nn::Conv1dOptions(channels, kChannels, kernel)))),
        norm_(register_module("norm", nn::LayerNorm(nn::LayerNormOptions({kChannels})))) {}

  /// x [T, N, C]; `lengths` become those of what is returned, whose padding is zero.
  Tensor forward(const Tensor& x_tnc, Tensor& lengths) {
    const auto x = norm_(convolved(x_tnc, conv_)).relu() * real_positions(lengths, x_tnc.size(0));
    if (pool_ == 1) {
      return x;
    }
    lengths = (lengths + (pool_ - 1)).div(pool_, "floor");
    // Zero is the least that ReLU leaves, so that padding cannot win.
    const auto missing = (pool_ - x.size(0) % pool_) % pool_;
    return torch::constant_pad_nd(x, {0, 0, 0, 0, 0, missing}).unflatten(0, {-1, pool_}).amax(1);
  }

 private:
  std::int64_t pool_;
  nn::Conv1d conv_;
  nn::LayerNorm norm_;
};

struct LayerShape {
  std::int64_t kernel;
  std::int64_t pool;
};

constexpr LayerShape kLayers[] = {{11, 4}, {7, 2}, {5, 1}, {7, 1}};

/// Four layers; where in the sequence a feature lies is added after the first.
class Cnn final : public Rival {
 public:
  Cnn(const model::Spec& spec, const train::FitOptions& options)
      : Rival(spec, options, 2 * kChannels) {
    nn::ModuleList list;
    for (const auto& shape : kLayers) {
      const auto channels = layers_.empty() ? symbols() : kChannels;
      layers_.push_back(std::make_shared<Layer>(channels, shape.kernel, shape.pool));
      list->push_back(std::shared_ptr<nn::Module>(layers_.back()));
    }
    register_module("layers", list);
  }

 private:
  Tensor encode(const Tensor& codes_nl, const Tensor& lengths) override {
    auto x_tnc = one_hot(codes_nl.t());
    auto lengths_here = lengths;
    for (const auto& layer : layers_) {
      const bool first = layer == layers_.front();
      x_tnc = drop(layer->forward(x_tnc, lengths_here));
      if (first) {
        const auto tokens = x_tnc.size(0);
        x_tnc = (x_tnc + sinusoids(tokens, kChannels)) * real_positions(lengths_here, tokens);
      }
    }
    return mean_and_max(x_tnc, lengths_here);
  }

  std::vector<std::shared_ptr<Layer>> layers_;
};

}  // namespace

train::ClassifierFactory cnn(const model::Spec& spec, const train::FitOptions& options) {
  return [spec, options] { return std::make_shared<Cnn>(spec, options); };
}

}  // namespace vio::bench
