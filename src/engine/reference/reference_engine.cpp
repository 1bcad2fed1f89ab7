#include "vio/engine/reference/reference_engine.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/reference/blocks.hpp"
#include "engine/reference/head.hpp"
#include "engine/reference/layers.hpp"
#include "engine/reference/pooling.hpp"

namespace vio::engine {

namespace {

using reference::Features;

struct Scratch {
  std::vector<core::Code> codes;
  Features features;
  reference::BlockScratch block;
};

/// The window's codes, padded to the model's window where that is fixed.
void fill_codes(const window::Window& window, const model::Spec& spec,
                std::vector<core::Code>& codes) {
  codes.assign(static_cast<std::size_t>(window.length()), spec.alphabet.pad());
  window::materialize(window, spec.alphabet, codes);
  if (spec.fixed_window) {
    codes.resize(static_cast<std::size_t>(spec.window), spec.alphabet.pad());
  }
}

void run_stack(const model::Model& model, Scratch& scratch) {
  const auto& spec = model.spec;
  auto& x = scratch.features;
  const auto one_hot_channels = static_cast<std::size_t>(model::input_channels(spec));
  reference::stem(reference::Layer(model, "input_proj"), scratch.codes, one_hot_channels, x);
  for (std::size_t i = 0; i < spec.blocks.size(); ++i) {
    reference::apply_block(model, spec.blocks[i], "blocks." + std::to_string(i), x, scratch.block);
  }
  if (spec.final_norm) {
    const reference::Layer norm(model, "norm");
    for (std::size_t position = 0; position < x.positions(); ++position) {
      reference::layer_norm(norm, x.at(position), x.at(position));
    }
  }
}

/// Scores one window and returns the positions that went through the network.
std::size_t score_window(const model::Model& model, const window::Window& window, Scratch& scratch,
                         std::span<float> probabilities) {
  fill_codes(window, model.spec, scratch.codes);
  run_stack(model, scratch);
  const std::size_t positions = scratch.codes.size();
  const std::size_t pooled_positions =
      model.spec.pooling.over_padding ? positions : static_cast<std::size_t>(window.length());
  auto pooled = reference::pool(model, scratch.features, pooled_positions);
  const auto real = std::span(scratch.codes).first(static_cast<std::size_t>(window.length()));
  reference::classify(model, std::move(pooled), real, window.whole, probabilities);
  return positions;
}

}  // namespace

ReferenceEngine::ReferenceEngine(std::shared_ptr<const model::Model> model)
    : model_(std::move(model)) {}

Work ReferenceEngine::score(std::span<const window::Window> windows,
                            std::span<float> probabilities) {
  const std::size_t classes = model_->spec.classes.size();
  Scratch scratch;
  Work work;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const auto row = probabilities.subspan(i * classes, classes);
    work.positions_requested += static_cast<std::uint64_t>(windows[i].length());
    work.positions_computed += score_window(*model_, windows[i], scratch, row);
  }
  return work;
}

}  // namespace vio::engine
