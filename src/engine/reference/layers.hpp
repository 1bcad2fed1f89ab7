#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/model/model.hpp"

namespace vio::engine::reference {

/// Features [positions, channels], row-major: a position's channels lie side by side.
class Features {
 public:
  /// Keeps the memory it has where that is enough, so that scoring a window rarely allocates.
  void resize(std::size_t positions, std::size_t channels) {
    positions_ = positions;
    channels_ = channels;
    values_.resize(positions * channels);
  }
  [[nodiscard]] std::size_t positions() const noexcept { return positions_; }
  [[nodiscard]] std::size_t channels() const noexcept { return channels_; }
  [[nodiscard]] std::span<float> at(std::size_t position) {
    return {values_.data() + position * channels_, channels_};
  }
  [[nodiscard]] std::span<const float> at(std::size_t position) const {
    return {values_.data() + position * channels_, channels_};
  }

 private:
  std::size_t positions_ = 0;
  std::size_t channels_ = 0;
  std::vector<float> values_;
};

/// Weight and bias of one layer: views on a model's tensors.
struct Layer {
  std::span<const float> weight;
  std::span<const float> bias;

  Layer(const model::Model& model, const std::string& name)
      : weight(model.values(name + ".weight")), bias(model.values(name + ".bias")) {}
};

/// A depthwise convolution's taps; weight is [channels, 1, kernel].
struct Taps {
  int kernel;
  int dilation;
};

// Sums run in double precision and in a fixed order: the oracle should err less than those who are
// measured against it, and always in the same way.

/// out = weight x + bias; weight is [out.size(), x.size()].
void linear(const Layer& layer, std::span<const float> x, std::span<float> out);

/// out = (x - mean) / sqrt(variance + 1e-5) * weight + bias, over x; `out` may be `x`.
void layer_norm(const Layer& layer, std::span<const float> x, std::span<float> out);

/// Convolves one-hot codes; weight is [channels, one_hot_channels, kernel]. A code past the one-hot
/// channels (padding, or an unknown symbol without a channel) is an all-zero column.
void stem(const Layer& layer, std::span<const core::Code> codes, std::size_t one_hot_channels,
          Features& out);

/// One position of a depthwise convolution over `x`, which is zero outside its positions.
void depth_conv(const Layer& layer, Taps taps, const Features& x, std::size_t position,
                std::span<float> out);

[[nodiscard]] double sigmoid(double x);

}  // namespace vio::engine::reference
