#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vio/core/alphabet.hpp"

namespace vio::model {

/// One block of the stack. `x` is [positions, C]; outside the window every convolution sees zeros.
///
/// gated (v1):  y = LayerNorm(depth_conv(x) * sigmoid(gate(x)))
/// residual:    [a, g] = expand(LayerNorm(x));  y = x + project(depth_conv(a) * sigmoid(g))
struct BlockSpec {
  enum class Kind : std::uint8_t { gated, residual };
  Kind kind = Kind::gated;
  int kernel = 5;    ///< positions, odd
  int dilation = 1;  ///< positions between taps
  int width = 0;     ///< residual: channels H of a and g; gated: always the model's channels

  bool operator==(const BlockSpec&) const = default;
};

/// How per-position features become one vector. Every kind merges partial aggregates exactly.
enum class PoolKind : std::uint8_t {
  mean,         ///< sum / n
  sum,          ///< sum
  max,          ///< per channel
  log_sum_exp,  ///< log(sum(exp(x)) / n), per channel
  attention,    ///< e = exp(b tanh(score(x) / b)), per head sum(e value(x)) / sum(e)
};

struct PoolingSpec {
  std::vector<PoolKind> kinds{PoolKind::mean};  ///< pooled features are concatenated in this order
  bool over_padding = false;  ///< pool over the window's padding too (v1), or real positions only
  int heads = 4;              ///< attention: heads, a divisor of the channels
  double score_bound = 6.0;   ///< attention: b above, so that no running maximum is needed

  bool operator==(const PoolingSpec&) const = default;
};

/// Whether the head reads the window's length L (real positions) as 24 features:
/// ln L - 5.5; then sin, cos of 2 pi L / 2^k for k = 1..11; then L / 500 - 0.7.
///
/// With `range_levels` = n > 0 the logits also get a learnt row for each of the dyadic ranges that
/// hold L: of 2^l lengths, from a multiple of 2^l on, for l = 0..n-1. From 2^n positions on there
/// is none. Waves alone can't tell a frequent length from its neighbours.
struct LengthSpec {
  enum class Cut : std::uint8_t { mask, keep };
  bool enabled = false;
  Cut cut = Cut::mask;   ///< a window cut from a longer sequence: features zeroed, or used as is
  int range_levels = 0;  ///< n above; only with `enabled`

  bool operator==(const LengthSpec&) const = default;
};

inline constexpr int kLengthFeatures = 24;

/// Whether the head reads the length of a window, which is its `whole` sequence or cut from one.
[[nodiscard]] bool reads_length(const LengthSpec& spec, bool whole) noexcept;
/// Rows of length_ranges.weight: 2^(n+1) - 2 for n levels.
[[nodiscard]] std::int64_t length_ranges(const LengthSpec& spec) noexcept;
/// The row of the range of 2^level lengths that holds `length`, which is below 2^n.
[[nodiscard]] std::int64_t length_range(const LengthSpec& spec, int level,
                                        std::int64_t length) noexcept;

/// classifier(pooled), or with `hidden` > 0:
/// classifier(ReLU(hidden([head_norm(pooled), length features]))).
struct HeadSpec {
  bool norm = false;  ///< LayerNorm over the pooled features first
  int hidden = 0;     ///< 0: a single linear layer

  bool operator==(const HeadSpec&) const = default;
};

/// Whether and how the frequencies of words add to the logits: of all words of `length` symbols
/// that a window holds, none of them unknown, the mean of a learnt row each. A window without any
/// gets nothing. Words are local and their mean is a sum and a count, so they share as pooling
/// does.
struct WordSpec {
  int length = 0;  ///< symbols; 0: there are none

  bool operator==(const WordSpec&) const = default;
};

/// Rows of words.weight: alphabet size to the power of the length, 0 without words.
[[nodiscard]] std::int64_t word_rows(const WordSpec& words,
                                     const core::Alphabet& alphabet) noexcept;

/// Everything that defines a member of the VIO family but its weights. v1 is one value of it.
struct Spec {
  core::Alphabet alphabet = core::Alphabet::dna();
  bool unknown_channel =
      true;                  ///< an unknown symbol has a one-hot channel of its own (v1), or none
  int window = 1000;         ///< positions: the default --window
  bool fixed_window = true;  ///< shorter windows are padded with zero columns to `window` (v1)
                             ///< and longer ones refused; or any length goes as it is
  int channels = 64;
  int stem_kernel = 1;  ///< positions, odd
  std::vector<BlockSpec> blocks;
  bool final_norm = false;  ///< LayerNorm after the last block
  PoolingSpec pooling;
  LengthSpec length;
  HeadSpec head;
  WordSpec words;
  std::vector<std::string> classes;

  bool operator==(const Spec&) const = default;
};

/// The seed's model: 1-bp stem, 64 channels, four gated blocks of kernel 5, mean over 1000 padded
/// positions, linear head.
[[nodiscard]] Spec v1_spec(std::vector<std::string> classes);

/// 4-channel 11-bp stem, five residual blocks of kernel 9, dilations 1 1 2 2 4, mean and attention
/// pooling over real positions, length features, hidden head of 128.
[[nodiscard]] Spec vio_s_spec(std::vector<std::string> classes);

/// Throws core::ModelError with a sentence where a spec makes no sense (an even kernel, no classes,
/// heads that do not divide the channels, sizes past the limits below).
void validate(const Spec& spec);

/// One-hot channels of the stem: alphabet size, plus one with `unknown_channel`.
[[nodiscard]] int input_channels(const Spec& spec) noexcept;
/// Width of the pooled vector before the head.
[[nodiscard]] int pooled_features(const Spec& spec) noexcept;
/// Positions on each side that a feature depends on.
[[nodiscard]] int radius(const Spec& spec) noexcept;
/// Multiply-adds times two of one position: of the stem, a block, the pooling, and all of them.
[[nodiscard]] std::int64_t stem_flops(const Spec& spec) noexcept;
[[nodiscard]] std::int64_t block_flops(const BlockSpec& block, int channels) noexcept;
[[nodiscard]] std::int64_t pooling_flops(const Spec& spec) noexcept;
[[nodiscard]] std::int64_t flops_per_position(const Spec& spec) noexcept;

/// Name and shape of one tensor of a model.
struct TensorShape {
  std::string name;
  std::vector<std::int64_t> shape;

  bool operator==(const TensorShape&) const = default;
};

/// Every tensor of a spec, in a fixed order (docs/model-format.md). PyTorch's names and layouts:
///   input_proj.{weight [C, in, K], bias [C]}
///   gated:     blocks.i.depth_conv.{weight [C, 1, K], bias}, blocks.i.gate.{weight [C, C, 1],
///   bias},
///              blocks.i.norm.{weight, bias}
///   residual:  blocks.i.norm.{weight [C], bias}, blocks.i.expand.{weight [2H, C], bias [2H]},
///              blocks.i.depth_conv.{weight [H, 1, K], bias}, blocks.i.project.{weight [C, H],
///              bias}
///   norm.{weight, bias} [C]                                       with final_norm
///   pooling.score.{weight [heads, C], bias}, pooling.value.{weight [C, C], bias}  with attention
///   head_norm.{weight, bias} [P]                                  with head.norm
///   hidden.{weight [hidden, P + length features], bias}           with head.hidden
///   classifier.{weight [classes, hidden or P + length features], bias}
///   length_ranges.weight [ranges, classes]                        with length.range_levels
///   words.weight [alphabet size ^ length, classes]                with words.length; a word's row
///   is its symbols' codes read as digits, the first symbol highest
[[nodiscard]] std::vector<TensorShape> tensor_shapes(const Spec& spec);

/// Number of trainable values.
[[nodiscard]] std::int64_t parameter_count(const Spec& spec);

/// JSON as it stands in a model file (docs/model-format.md). parse_spec validates and throws
/// core::ModelError, naming the field; unknown fields are refused, so a newer spec is never
/// misread.
[[nodiscard]] std::string spec_to_json(const Spec& spec);
[[nodiscard]] Spec parse_spec(std::string_view json);

}  // namespace vio::model
