#include "vio/model/spec.hpp"

#include <numeric>
#include <utility>

namespace vio::model {

namespace {

std::int64_t block_flops(const BlockSpec& block, int channels) {
  const std::int64_t features = channels;
  if (block.kind == BlockSpec::Kind::gated) {
    return 2 * (features * block.kernel + features * features);
  }
  const std::int64_t width = block.width;
  const std::int64_t expand = features * 2 * width;
  const std::int64_t project = width * features;
  return 2 * (expand + width * block.kernel + project);
}

}  // namespace

Spec v1_spec(std::vector<std::string> classes) {
  Spec spec;
  spec.blocks.assign(4, BlockSpec{});
  spec.pooling.over_padding = true;
  spec.classes = std::move(classes);
  return spec;
}

Spec vio_s_spec(std::vector<std::string> classes) {
  Spec spec;
  spec.unknown_channel = false;
  spec.fixed_window = false;
  spec.stem_kernel = 11;
  for (const int dilation : {1, 1, 2, 2, 4}) {
    spec.blocks.push_back({BlockSpec::Kind::residual, 9, dilation, 64});
  }
  spec.final_norm = true;
  spec.pooling.kinds = {PoolKind::mean, PoolKind::attention};
  spec.length.enabled = true;
  spec.head = {.norm = true, .hidden = 128};
  spec.classes = std::move(classes);
  return spec;
}

int input_channels(const Spec& spec) noexcept {
  return spec.alphabet.size() + (spec.unknown_channel ? 1 : 0);
}

int pooled_features(const Spec& spec) noexcept {
  return spec.channels * static_cast<int>(spec.pooling.kinds.size());
}

int radius(const Spec& spec) noexcept {
  int positions = spec.stem_kernel / 2;
  for (const auto& block : spec.blocks) {
    positions += block.kernel / 2 * block.dilation;
  }
  return positions;
}

std::int64_t flops_per_position(const Spec& spec) noexcept {
  const std::int64_t channels = spec.channels;
  std::int64_t flops = 2 * channels * input_channels(spec) * spec.stem_kernel;
  for (const auto& block : spec.blocks) {
    flops += block_flops(block, spec.channels);
  }
  for (const auto kind : spec.pooling.kinds) {
    if (kind == PoolKind::attention) {
      flops += 2 * (channels * spec.pooling.heads + channels * channels);
    }
  }
  return flops;
}

std::int64_t parameter_count(const Spec& spec) {
  std::int64_t total = 0;
  for (const auto& tensor : tensor_shapes(spec)) {
    total += std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::int64_t{1},
                             std::multiplies<>());
  }
  return total;
}

}  // namespace vio::model
