#include "engine/fused/packed.hpp"

#include <algorithm>
#include <span>

namespace vio::engine::fused {

namespace {

AlignedVector<float> pad(std::span<const float> values) {
  AlignedVector<float> result(padded(values.size()));
  std::ranges::copy(values, result.begin());
  return result;
}

}  // namespace

PackedLinear pack_linear(const model::Model& model, const std::string& name, std::size_t first,
                         std::size_t count) {
  const auto weight = model.values(name + ".weight");
  const auto bias = model.values(name + ".bias");
  PackedLinear layer{.inputs = weight.size() / bias.size(),
                     .units = units_of(count),
                     .weight = {},
                     .bias = pad(bias.subspan(first, count))};
  layer.weight.resize(layer.units * layer.inputs * kUnit);
  for (std::size_t output = 0; output < count; ++output) {
    const auto row = weight.subspan((first + output) * layer.inputs, layer.inputs);
    const auto unit = output / kUnit * layer.inputs;
    for (std::size_t input = 0; input < layer.inputs; ++input) {
      layer.weight[(unit + input) * kUnit + output % kUnit] = row[input];
    }
  }
  return layer;
}

PackedLinear pack_linear(const model::Model& model, const std::string& name) {
  return pack_linear(model, name, 0, model.values(name + ".bias").size());
}

PackedNorm pack_norm(const model::Model& model, const std::string& name) {
  const auto weight = model.values(name + ".weight");
  return {
      .channels = weight.size(), .weight = pad(weight), .bias = pad(model.values(name + ".bias"))};
}

PackedDepthwise pack_depthwise(const model::Model& model, const std::string& name,
                               const model::BlockSpec& block) {
  const auto weight = model.values(name + ".weight");
  const auto bias = model.values(name + ".bias");
  PackedDepthwise layer{.kernel = static_cast<std::size_t>(block.kernel),
                        .dilation = static_cast<std::size_t>(block.dilation),
                        .units = units_of(bias.size()),
                        .weight = {},
                        .bias = pad(bias)};
  const auto stride = layer.units * kUnit;
  layer.weight.resize(layer.kernel * stride);
  for (std::size_t channel = 0; channel < bias.size(); ++channel) {
    for (std::size_t tap = 0; tap < layer.kernel; ++tap) {
      layer.weight[tap * stride + channel] = weight[channel * layer.kernel + tap];
    }
  }
  return layer;
}

PackedStem pack_stem(const model::Model& model) {
  const auto weight = model.values("input_proj.weight");  // [C, one-hot channels, K]
  const auto bias = model.values("input_proj.bias");
  const auto& spec = model.spec;
  PackedStem stem{.kernel = static_cast<std::size_t>(spec.stem_kernel),
                  .codes = std::size_t{spec.alphabet.pad()} + 1,
                  .units = units_of(bias.size()),
                  .taps = {},
                  .bias = pad(bias)};
  const auto stride = stem.units * kUnit;
  const auto one_hot = static_cast<std::size_t>(model::input_channels(spec));
  stem.taps.resize(stem.kernel * stem.codes * stride);
  for (std::size_t channel = 0; channel < bias.size(); ++channel) {
    for (std::size_t code = 0; code < one_hot; ++code) {
      for (std::size_t tap = 0; tap < stem.kernel; ++tap) {
        stem.taps[(tap * stem.codes + code) * stride + channel] =
            weight[(channel * one_hot + code) * stem.kernel + tap];
      }
    }
  }
  return stem;
}

}  // namespace vio::engine::fused
