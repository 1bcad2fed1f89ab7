#include "vio/model/spec.hpp"

#include <numeric>

namespace vio::model {

int input_channels(const Spec& spec) noexcept {
  return spec.alphabet.size() + (spec.unknown_channel ? 1 : 0);
}

int pooled_features(const Spec& spec) noexcept {
  return spec.channels * static_cast<int>(spec.pooling.kinds.size());
}

bool reads_length(const LengthSpec& spec, bool whole) noexcept {
  return spec.enabled && (whole || spec.cut == LengthSpec::Cut::keep);
}

std::int64_t length_ranges(const LengthSpec& spec) noexcept {
  return (std::int64_t{2} << spec.range_levels) - 2;
}

std::int64_t length_range(const LengthSpec& spec, int level, std::int64_t length) noexcept {
  // The levels before this one have 2^n, 2^(n-1), ... ranges.
  const auto before =
      (std::int64_t{2} << spec.range_levels) - (std::int64_t{2} << (spec.range_levels - level));
  return before + (length >> level);
}

std::int64_t word_rows(const WordSpec& words, const core::Alphabet& alphabet) noexcept {
  std::int64_t rows = words.length > 0 ? 1 : 0;
  for (int i = 0; i < words.length; ++i) {
    rows *= alphabet.size();
  }
  return rows;
}

int radius(const Spec& spec) noexcept {
  int positions = spec.stem_kernel / 2;
  for (const auto& block : spec.blocks) {
    positions += block.kernel / 2 * block.dilation;
  }
  return positions;
}

std::int64_t stem_flops(const Spec& spec) noexcept {
  return std::int64_t{2} * spec.channels * input_channels(spec) * spec.stem_kernel;
}

std::int64_t block_flops(const BlockSpec& block, int channels) noexcept {
  const std::int64_t features = channels;
  if (block.kind == BlockSpec::Kind::gated) {
    return 2 * (features * block.kernel + features * features);
  }
  const std::int64_t width = block.width;
  const std::int64_t expand = features * 2 * width;
  const std::int64_t project = width * features;
  return 2 * (expand + width * block.kernel + project);
}

std::int64_t pooling_flops(const Spec& spec) noexcept {
  const std::int64_t channels = spec.channels;
  std::int64_t flops = 0;
  for (const auto kind : spec.pooling.kinds) {
    if (kind == PoolKind::attention) {
      flops += 2 * (channels * spec.pooling.heads + channels * channels);
    }
  }
  return flops;
}

std::int64_t flops_per_position(const Spec& spec) noexcept {
  std::int64_t flops = stem_flops(spec) + pooling_flops(spec);
  for (const auto& block : spec.blocks) {
    flops += block_flops(block, spec.channels);
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
