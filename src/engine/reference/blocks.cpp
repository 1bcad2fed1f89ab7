#include "engine/reference/blocks.hpp"

#include <algorithm>
#include <utility>

namespace vio::engine::reference {

namespace {

/// mixed *= sigmoid(gates)
void apply_gates(std::span<float> mixed, std::span<const float> gates) {
  for (std::size_t c = 0; c < mixed.size(); ++c) {
    mixed[c] = static_cast<float>(mixed[c] * sigmoid(gates[c]));
  }
}

// y = LayerNorm(depth_conv(x) * sigmoid(gate(x)))
void apply_gated(const model::Model& model, Taps taps, const std::string& name, Features& x,
                 BlockScratch& scratch) {
  const Layer conv(model, name + ".depth_conv");
  const Layer gate(model, name + ".gate");
  const Layer norm(model, name + ".norm");
  scratch.next.resize(x.positions(), x.channels());
  scratch.side.resize(x.channels());
  for (std::size_t position = 0; position < x.positions(); ++position) {
    const auto y = scratch.next.at(position);
    depth_conv(conv, taps, x, position, y);
    linear(gate, x.at(position), scratch.side);
    apply_gates(y, scratch.side);
    layer_norm(norm, y, y);
  }
  std::swap(x, scratch.next);
}

// [a, g] = expand(LayerNorm(x))
void expand(const model::Model& model, const std::string& name, std::size_t width,
            const Features& x, BlockScratch& scratch) {
  const Layer norm(model, name + ".norm");
  const Layer expand(model, name + ".expand");
  scratch.values.resize(x.positions(), width);
  scratch.gates.resize(x.positions(), width);
  scratch.side.resize(x.channels());
  scratch.pair.resize(2 * width);
  const auto middle = scratch.pair.begin() + static_cast<std::ptrdiff_t>(width);
  for (std::size_t position = 0; position < x.positions(); ++position) {
    layer_norm(norm, x.at(position), scratch.side);
    linear(expand, scratch.side, scratch.pair);
    std::copy(scratch.pair.begin(), middle, scratch.values.at(position).begin());
    std::copy(middle, scratch.pair.end(), scratch.gates.at(position).begin());
  }
}

// y = x + project(depth_conv(a) * sigmoid(g))
void apply_residual(const model::Model& model, const model::BlockSpec& block,
                    const std::string& name, Features& x, BlockScratch& scratch) {
  const auto width = static_cast<std::size_t>(block.width);
  expand(model, name, width, x, scratch);
  const Layer conv(model, name + ".depth_conv");
  const Layer project(model, name + ".project");
  scratch.mixed.resize(width);
  for (std::size_t position = 0; position < x.positions(); ++position) {
    depth_conv(conv, {block.kernel, block.dilation}, scratch.values, position, scratch.mixed);
    apply_gates(scratch.mixed, scratch.gates.at(position));
    linear(project, scratch.mixed, scratch.side);
    const auto y = x.at(position);
    std::transform(y.begin(), y.end(), scratch.side.begin(), y.begin(), std::plus<>());
  }
}

}  // namespace

void apply_block(const model::Model& model, const model::BlockSpec& block, const std::string& name,
                 Features& x, BlockScratch& scratch) {
  if (block.kind == model::BlockSpec::Kind::gated) {
    apply_gated(model, {block.kernel, block.dilation}, name, x, scratch);
  } else {
    apply_residual(model, block, name, x, scratch);
  }
}

}  // namespace vio::engine::reference
