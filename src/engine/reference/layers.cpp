#include "engine/reference/layers.hpp"

#include <cmath>
#include <numeric>

namespace vio::engine::reference {

namespace {

constexpr double kLayerNormEpsilon = 1e-5;

double dot(std::span<const float> weight, std::span<const float> x) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += static_cast<double>(weight[i]) * x[i];
  }
  return sum;
}

/// Calls visit(tap, neighbour) for the taps of an odd kernel that fall on one of `positions`.
template <typename Visit>
void for_each_tap(Taps taps, std::size_t position, std::size_t positions, Visit visit) {
  const auto count = static_cast<std::ptrdiff_t>(positions);
  for (int tap = 0; tap < taps.kernel; ++tap) {
    const auto offset = static_cast<std::ptrdiff_t>(tap - taps.kernel / 2) * taps.dilation;
    const auto neighbour = static_cast<std::ptrdiff_t>(position) + offset;
    if (neighbour >= 0 && neighbour < count) {
      visit(static_cast<std::size_t>(tap), static_cast<std::size_t>(neighbour));
    }
  }
}

}  // namespace

void linear(const Layer& layer, std::span<const float> x, std::span<float> out) {
  for (std::size_t o = 0; o < out.size(); ++o) {
    out[o] =
        static_cast<float>(layer.bias[o] + dot(layer.weight.subspan(o * x.size(), x.size()), x));
  }
}

void layer_norm(const Layer& layer, std::span<const float> x, std::span<float> out) {
  const auto count = static_cast<double>(x.size());
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / count;
  double variance = 0.0;
  for (const float value : x) {
    variance += (value - mean) * (value - mean) / count;
  }
  const double scale = 1.0 / std::sqrt(variance + kLayerNormEpsilon);
  for (std::size_t c = 0; c < x.size(); ++c) {
    out[c] = static_cast<float>((x[c] - mean) * scale * layer.weight[c] + layer.bias[c]);
  }
}

void stem(const Layer& layer, std::span<const core::Code> codes, std::size_t one_hot_channels,
          Features& out) {
  const std::size_t channels = layer.bias.size();
  const std::size_t kernel = layer.weight.size() / (channels * one_hot_channels);
  const Taps taps{static_cast<int>(kernel), 1};
  out.resize(codes.size(), channels);
  for (std::size_t position = 0; position < codes.size(); ++position) {
    const auto features = out.at(position);
    for (std::size_t c = 0; c < channels; ++c) {
      double sum = layer.bias[c];
      for_each_tap(taps, position, codes.size(), [&](std::size_t tap, std::size_t neighbour) {
        const std::size_t code = codes[neighbour];
        if (code < one_hot_channels) {
          sum += layer.weight[(c * one_hot_channels + code) * kernel + tap];
        }
      });
      features[c] = static_cast<float>(sum);
    }
  }
}

void depth_conv(const Layer& layer, Taps taps, const Features& x, std::size_t position,
                std::span<float> out) {
  const auto kernel = static_cast<std::size_t>(taps.kernel);
  for (std::size_t c = 0; c < out.size(); ++c) {
    double sum = layer.bias[c];
    for_each_tap(taps, position, x.positions(), [&](std::size_t tap, std::size_t neighbour) {
      sum += static_cast<double>(layer.weight[c * kernel + tap]) * x.at(neighbour)[c];
    });
    out[c] = static_cast<float>(sum);
  }
}

double sigmoid(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

}  // namespace vio::engine::reference
