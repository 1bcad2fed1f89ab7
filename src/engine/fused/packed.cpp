#include "engine/fused/packed.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

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

namespace {

/// What one-hot columns of a stem's taps add: [kernel, codes, padded].
std::vector<double> stem_taps(const model::Model& model, std::size_t codes, std::size_t stride) {
  const auto weight = model.values("input_proj.weight");  // [C, one-hot channels, K]
  const auto channels = model.values("input_proj.bias").size();
  const auto one_hot = static_cast<std::size_t>(model::input_channels(model.spec));
  const auto kernel = static_cast<std::size_t>(model.spec.stem_kernel);
  std::vector<double> taps(kernel * codes * stride);
  for (std::size_t channel = 0; channel < channels; ++channel) {
    for (std::size_t code = 0; code < one_hot; ++code) {
      for (std::size_t tap = 0; tap < kernel; ++tap) {
        taps[(tap * codes + code) * stride + channel] =
            weight[(channel * one_hot + code) * kernel + tap];
      }
    }
  }
  return taps;
}

/// The sums of taps [table.first, table.first + table.span) for all strings of codes, over `bias`.
void fill_table(PackedStem::Table& table, std::size_t codes, std::span<const double> taps,
                std::span<const double> bias) {
  const auto stride = bias.size();
  std::vector<double> sums(bias.begin(), bias.end());
  for (std::size_t tap = table.first; tap < table.first + table.span; ++tap) {
    const auto before = std::move(sums);
    sums.assign(before.size() * codes, 0.0);
    for (std::size_t row = 0; row < before.size() / stride; ++row) {
      for (std::size_t code = 0; code < codes; ++code) {
        const double* const add = taps.data() + (tap * codes + code) * stride;
        double* const to = sums.data() + (row * codes + code) * stride;
        for (std::size_t c = 0; c < stride; ++c) {
          to[c] = before[row * stride + c] + add[c];
        }
      }
    }
  }
  table.rows.resize(sums.size());
  std::ranges::transform(sums, table.rows.begin(),
                         [](double sum) { return static_cast<float>(sum); });
}

}  // namespace

PackedStem pack_stem(const model::Model& model) {
  constexpr std::size_t kMostValues = std::size_t{512} * 1024 / sizeof(float);
  const auto bias = model.values("input_proj.bias");
  PackedStem stem{.kernel = static_cast<std::size_t>(model.spec.stem_kernel),
                  .codes = std::size_t{model.spec.alphabet.pad()} + 1,
                  .units = units_of(bias.size()),
                  .outside = model.spec.alphabet.pad(),
                  .tables = {}};
  const auto stride = stem.units * kUnit;
  const auto taps = stem_taps(model, stem.codes, stride);
  std::vector<double> start(stride);
  std::ranges::copy(bias, start.begin());
  for (std::size_t first = 0; first < stem.kernel;) {
    PackedStem::Table table{.first = first, .span = 0, .rows = {}};
    std::size_t values = stride;
    do {
      ++table.span;
      values *= stem.codes;
    } while (first + table.span < stem.kernel && values * stem.codes <= kMostValues);
    fill_table(table, stem.codes, taps, start);
    first += table.span;
    stem.tables.push_back(std::move(table));
    start.assign(stride, 0.0);
  }
  return stem;
}

}  // namespace vio::engine::fused
