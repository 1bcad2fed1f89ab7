#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/fused/aligned.hpp"
#include "vio/model/model.hpp"

namespace vio::engine::fused {

/// Channels come in units of 16, the last one filled up with zeros: a row of features is whole
/// vectors on every target, and packed weights do not depend on the target.
inline constexpr std::size_t kUnit = 16;

[[nodiscard]] constexpr std::size_t units_of(std::size_t channels) noexcept {
  return (channels + kUnit - 1) / kUnit;
}
[[nodiscard]] constexpr std::size_t padded(std::size_t channels) noexcept {
  return units_of(channels) * kUnit;
}

/// y = x weight + bias for rows x.
struct PackedLinear {
  std::size_t inputs = 0;
  std::size_t units = 0;        ///< of outputs
  AlignedVector<float> weight;  ///< [units, inputs, 16]
  AlignedVector<float> bias;    ///< [units * 16]
};

struct PackedNorm {
  std::size_t channels = 0;
  AlignedVector<float> weight;  ///< [padded]
  AlignedVector<float> bias;    ///< [padded]
};

struct PackedDepthwise {
  std::size_t kernel = 0;
  std::size_t dilation = 1;
  std::size_t units = 0;
  AlignedVector<float> weight;  ///< [kernel, padded]
  AlignedVector<float> bias;    ///< [padded]

  /// Positions that a feature reads on each side.
  [[nodiscard]] std::size_t reach() const noexcept { return kernel / 2 * dilation; }
};

/// The stem as look-ups: one-hot columns pick columns of the weight, and a few codes in a row pick
/// their sum, which is a table as long as that fits the second-level cache. With the first block
/// folded in (fold.hpp) a row is what that block makes of the codes.
struct PackedStem {
  /// Codes [first, first + span) of a feature's `kernel`; their number in base `codes` is the row.
  struct Table {
    std::size_t first = 0;
    std::size_t span = 0;
    AlignedVector<float> rows;  ///< [codes^span, padded]; those of the first table hold the bias
  };

  std::size_t kernel = 0;  ///< codes that a feature reads, the middle one its own
  std::size_t codes = 0;   ///< different ones, the one beside a window too
  std::size_t units = 0;
  core::Code outside = 0;  ///< the code beside a window
  std::vector<Table> tables;
};

/// Rows [first, first + count) of the layer `name` of a model; its weight is [outputs, inputs].
[[nodiscard]] PackedLinear pack_linear(const model::Model& model, const std::string& name,
                                       std::size_t first, std::size_t count);
[[nodiscard]] PackedLinear pack_linear(const model::Model& model, const std::string& name);
[[nodiscard]] PackedNorm pack_norm(const model::Model& model, const std::string& name);
[[nodiscard]] PackedDepthwise pack_depthwise(const model::Model& model, const std::string& name,
                                             const model::BlockSpec& block);
[[nodiscard]] PackedStem pack_stem(const model::Model& model);

}  // namespace vio::engine::fused
