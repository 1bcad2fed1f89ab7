#include "engine/fused/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vio::engine::fused {

namespace {

PackedBlock pack_block(const model::Model& model, const model::BlockSpec& spec,
                       const std::string& name) {
  PackedBlock block;
  block.kind = spec.kind;
  block.depth_conv = pack_depthwise(model, name + ".depth_conv", spec);
  block.norm = pack_norm(model, name + ".norm");
  if (spec.kind == model::BlockSpec::Kind::gated) {
    block.gate = pack_linear(model, name + ".gate");
    block.mix_flops = static_cast<std::uint64_t>(model::block_flops(spec, model.spec.channels));
    return block;
  }
  const auto width = static_cast<std::size_t>(spec.width);
  block.value = pack_linear(model, name + ".expand", 0, width);
  block.gate = pack_linear(model, name + ".expand", width, width);
  block.project = pack_linear(model, name + ".project");
  block.expand_flops = 2 * block.value.inputs * 2 * width;
  block.mix_flops = static_cast<std::uint64_t>(model::block_flops(spec, model.spec.channels)) -
                    block.expand_flops;
  return block;
}

std::string block_name(std::size_t index) {
  return fmt::format("blocks.{}", index);
}

/// Of LayerNorm's output: no normalised value exceeds sqrt(C).
double norm_bound(const model::Model& model, const std::string& name) {
  const auto weight = model.values(name + ".weight");
  const auto bias = model.values(name + ".bias");
  const double root = std::sqrt(static_cast<double>(weight.size()));
  double bound = 0;
  for (std::size_t c = 0; c < weight.size(); ++c) {
    bound = std::max(bound, root * std::abs(weight[c]) + std::abs(bias[c]));
  }
  return bound;
}

/// The largest |bias| + sum |weight| * input over rows [first, first + count).
double linear_bound(const model::Model& model, const std::string& name, double input,
                    std::size_t first, std::size_t count) {
  const auto weight = model.values(name + ".weight");
  const auto bias = model.values(name + ".bias");
  const std::size_t inputs = weight.size() / bias.size();
  double bound = 0;
  for (std::size_t row = first; row < first + count; ++row) {
    double sum = std::abs(bias[row]);
    for (const float value : weight.subspan(row * inputs, inputs)) {
      sum += std::abs(value) * input;
    }
    bound = std::max(bound, sum);
  }
  return bound;
}

double linear_bound(const model::Model& model, const std::string& name, double input) {
  return linear_bound(model, name, input, 0, model.values(name + ".bias").size());
}

}  // namespace

PackedStack::PackedStack(const model::Model& model)
    : stem(pack_stem(model)), channels(static_cast<std::size_t>(model.spec.channels)) {
  units = units_of(channels);
  widest = units;
  pad = model.spec.alphabet.pad();
  stem_flops = static_cast<std::uint64_t>(model::stem_flops(model.spec));
  for (std::size_t i = 0; i < model.spec.blocks.size(); ++i) {
    blocks.push_back(pack_block(model, model.spec.blocks[i], block_name(i)));
    widest = std::max(widest, blocks.back().depth_conv.units);
  }
  if (model.spec.final_norm) {
    final_norm.push_back(pack_norm(model, "norm"));
  }
}

std::int64_t PackedStack::reach() const noexcept {
  std::size_t most = 0;
  for (const auto& block : blocks) {
    most = std::max(most, block.depth_conv.reach());
  }
  return static_cast<std::int64_t>(most);
}

double feature_bound(const model::Model& model) {
  const auto& spec = model.spec;
  double bound = linear_bound(model, "input_proj", 1);
  for (std::size_t i = 0; i < spec.blocks.size(); ++i) {
    const auto name = block_name(i);
    const double normed = norm_bound(model, name + ".norm");
    if (spec.blocks[i].kind == model::BlockSpec::Kind::gated) {
      bound = normed;
      continue;
    }
    const auto width = static_cast<std::size_t>(spec.blocks[i].width);
    const double value = linear_bound(model, name + ".expand", normed, 0, width);
    const double mixed = linear_bound(model, name + ".depth_conv", value);
    bound += linear_bound(model, name + ".project", mixed);
  }
  return spec.final_norm ? norm_bound(model, "norm") : bound;
}

}  // namespace vio::engine::fused
