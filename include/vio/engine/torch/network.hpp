#pragma once

#include <ATen/core/Generator.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

#include <memory>
#include <utility>
#include <vector>

#include "vio/model/model.hpp"
#include "vio/model/spec.hpp"

namespace vio::engine {

class Block;
class LengthRanges;
class Pooling;

/// Several sequences in a row, with gaps between them: less padding where lengths differ.
struct PackedRows {
  torch::Tensor codes_rl;     ///< uint8 [R, L]; padding in gaps of at least packing_gap(spec)
  torch::Tensor segments_rl;  ///< int64 [R, L], number of the sequence, -1 in gaps
};

/// Windows that share work, as tensors on one device: stretches of sequence whose features are
/// computed once, and regions of single windows where features are others.
struct SharedRows {
  /// Row w of column k is position begin - before + w of a window whose region begins at `begin`.
  struct Regions {
    std::int64_t before = 0;   ///< rows before the regions; none if windows begin there
    std::int64_t after = 0;    ///< rows after the longest one; none if windows end there
    std::int64_t longest = 0;  ///< the longest region's positions; W = before + longest + after
    torch::Tensor codes_wk;    ///< uint8 [W, K]; padding where the window has no position
    torch::Tensor places_wk;   ///< int32 [W, K], that position in codes_p, -1 where there is none
    torch::Tensor lengths_k;   ///< int32 [K], positions of each region
  };
  torch::Tensor codes_p;   ///< uint8 [P], gaps of padding of at least packing_gap(spec) between
  std::int64_t block = 1;  ///< P is a multiple of it
  std::vector<Regions> regions;
  torch::Tensor members;  ///< int32: a position p, P + a block, or P + P / block + a column
  torch::Tensor offsets;  ///< int32 [N + 1]: members [offsets[i], offsets[i + 1]) are row i's
};

/// Positions between packed sequences from which on they do not see each other.
[[nodiscard]] std::int64_t packing_gap(const model::Spec& spec);

/// Every member of the VIO family as LibTorch sees it, for training and for scoring. Parameters
/// have the names and shapes of model::tensor_shapes(spec) and PyTorch's default initialisation.
/// Concurrent forward() calls are safe in eval() mode.
class NetworkImpl : public torch::nn::Module {
 public:
  /// `dropout_channels`: probability of dropping a channel of a block's product
  /// depth_conv(.) * sigmoid(gate), one draw a row and channel. `dropout_head`: of each pooled
  /// feature after head_norm, and of each hidden unit. Both act in train() mode only.
  explicit NetworkImpl(const model::Spec& spec, double dropout_channels = 0,
                       double dropout_head = 0);

  /// codes:   uint8 [N, L], rows padded on the right with spec.alphabet.pad(). With
  ///          spec.fixed_window L is spec.window and padding is an ordinary position whose one-hot
  ///          column is zero; without it, positions past a row's length act as if they did not
  ///          exist.
  /// lengths: int64 [N], real positions of each row, 1 to L. On the CPU, rows that are all full
  ///          are noticed and need no masks.
  /// whole:   bool [N], the row is its whole sequence, not cut from a longer one.
  /// Returns logits, float32 [N, classes], on the device of `codes`, where the parameters must be.
  /// Throws core::InternalError where L is not that of a fixed-window spec.
  torch::Tensor forward(const torch::Tensor& codes, const torch::Tensor& lengths,
                        const torch::Tensor& whole);

  /// The same logits, to rounding, from packed rows; `codes`, `lengths` and `whole` as for
  /// forward(), which say what the segments 0 to N-1 are. Not for specs with a fixed window. A
  /// channel is dropped once a packed row, not once a sequence.
  torch::Tensor forward_packed(const PackedRows& packed, const torch::Tensor& codes,
                               const torch::Tensor& lengths, const torch::Tensor& whole);

  /// The same logits, to rounding, of windows that share work. Not in train() mode, nor with
  /// log-sum-exp pooling; with a fixed window all of its length.
  torch::Tensor forward_shared(const SharedRows& rows, const torch::Tensor& lengths,
                               const torch::Tensor& whole);

  /// Where dropout draws from: LibTorch's own generator of the device where there is none. With a
  /// generator for every network, networks can train at the same time and results still repeat.
  void set_generator(c10::optional<at::Generator> generator) { generator_ = std::move(generator); }

  [[nodiscard]] const model::Spec& spec() const noexcept { return spec_; }

 private:
  /// Stem to the last norm, x_lnc [L, N, C].
  torch::Tensor features(const torch::Tensor& codes_ln, const torch::Tensor& exists_ln1);
  torch::Tensor stem(const torch::Tensor& codes_ln);
  torch::Tensor head(torch::Tensor pooled, const torch::Tensor& lengths,
                     const torch::Tensor& whole);

  model::Spec spec_;
  double dropout_head_;
  c10::optional<at::Generator> generator_;
  torch::Tensor one_hot_;  ///< [codes, input channels], the one-hot row of every code
  torch::nn::Conv1d input_proj_{nullptr};
  std::vector<std::shared_ptr<Block>> blocks_;
  torch::nn::LayerNorm norm_{nullptr};
  std::shared_ptr<Pooling> pooling_;
  torch::nn::LayerNorm head_norm_{nullptr};
  torch::nn::Linear hidden_{nullptr};
  torch::nn::Linear classifier_{nullptr};
  std::shared_ptr<LengthRanges> length_ranges_;
};

TORCH_MODULE(Network);

/// Copies `tensors` into the parameters, wherever they are. Throws core::ModelError unless the
/// tensors are exactly those of the network's spec.
void load_weights(Network& network, const model::TensorMap& tensors);

/// The parameters as they stand, copied to the CPU.
[[nodiscard]] model::TensorMap weights_of(const Network& network);

}  // namespace vio::engine
