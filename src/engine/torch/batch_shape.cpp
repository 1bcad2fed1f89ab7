#include "engine/torch/batch_shape.hpp"

#include <algorithm>
#include <bit>

namespace vio::engine {

namespace {

constexpr std::int64_t kShortestPadded = 32;
constexpr std::uint64_t kLargestBatch = 1024;

/// Floats alive at once at one position, where a layer needs most of them.
std::uint64_t floats_per_position(const model::Spec& spec) {
  // One-hot columns, their unfolding, and 64-bit codes.
  int most = 2 * model::input_channels(spec) * spec.stem_kernel + 2 + spec.channels;
  // Values, weights and their product, in attention.
  most = std::max(most, 4 * spec.channels);
  for (const auto& block : spec.blocks) {
    // Input, gate, convolution's input and output in two layouts each, product, output.
    const bool gated = block.kind == model::BlockSpec::Kind::gated;
    most = std::max(most, gated ? 8 * spec.channels : 3 * spec.channels + 8 * block.width);
  }
  return static_cast<std::uint64_t>(most);
}

}  // namespace

std::int64_t padded_length(const model::Spec& spec, std::int64_t length) {
  if (spec.fixed_window) {
    return spec.window;
  }
  if (length <= kShortestPadded) {
    return kShortestPadded;
  }
  const auto octave = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(length)));
  const std::int64_t step = octave / 4;
  return (length + step - 1) / step * step;
}

std::size_t padded_rows(std::size_t count, std::size_t capacity) {
  return std::min(std::bit_ceil(count), capacity);
}

std::size_t batch_that_fits(const model::Spec& spec, std::uint64_t free_bytes,
                            std::size_t in_flight) {
  const std::uint64_t window_bytes =
      floats_per_position(spec) * sizeof(float) * static_cast<std::uint64_t>(spec.window);
  const std::uint64_t share = free_bytes / 2 / std::max<std::size_t>(in_flight, 1);
  return static_cast<std::size_t>(
      std::clamp(share / window_bytes, std::uint64_t{1}, kLargestBatch));
}

}  // namespace vio::engine
