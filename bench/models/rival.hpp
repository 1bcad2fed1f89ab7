#pragma once

#include <ATen/core/Generator.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include <cstdint>

#include "train/classifier.hpp"

namespace vio::bench {

/// What every rival shares with VIO, so that the comparison is one of what lies between: one-hot
/// input, dropout, and the head with its length features. Rows of similar length are encoded
/// together, because padding would cost the rivals what packing spares VIO.
class Rival : public train::Classifier {
 public:
  torch::Tensor forward(const train::Batch& batch) final;
  void set_generator(const c10::optional<at::Generator>& generator) final {
    generator_ = generator;
  }

 protected:
  /// `features` is the width of what encode() returns.
  Rival(const model::Spec& spec, const train::FitOptions& options, std::int64_t features);

  /// codes uint8 [N, L], padded on the right; lengths int64 [N], the longest L. Returns
  /// [N, features], which must not depend on the padding.
  virtual torch::Tensor encode(const torch::Tensor& codes_nl, const torch::Tensor& lengths) = 0;
  /// Whether more rows at once are worth more than less padding.
  [[nodiscard]] virtual bool mixes_lengths() const { return false; }
  /// One dimension more, of symbols; unknown ones and padding are all zero.
  [[nodiscard]] torch::Tensor one_hot(const torch::Tensor& codes) const;
  /// In training, drops channels of rows of x [T, N, C] with the encoder's probability: one draw
  /// for all positions, as VIO does.
  [[nodiscard]] torch::Tensor drop(const torch::Tensor& x_tnc) const;
  [[nodiscard]] std::int64_t symbols() const { return one_hot_.size(1); }

 private:
  /// Zero with the probability, else the factor that keeps the mean.
  [[nodiscard]] torch::Tensor keep(at::IntArrayRef shape, double probability) const;
  [[nodiscard]] torch::Tensor drop_features(const torch::Tensor& x) const;
  torch::Tensor head(torch::Tensor pooled, const train::Batch& batch);

  double dropout_;
  double dropout_head_;
  c10::optional<at::Generator> generator_;
  torch::Tensor one_hot_;  ///< [codes, symbols]
  torch::nn::LayerNorm head_norm_;
  torch::nn::Linear hidden_;
  torch::nn::Linear classifier_;
};

/// [T, N, 1], 1 before each row's length and 0 after.
[[nodiscard]] torch::Tensor real_positions(const torch::Tensor& lengths, std::int64_t length);

/// Padded to keep the length, which is then divided by the stride and rounded up: x [T, N, C]. A
/// convolution over channels-last images is what LibTorch does fastest on a CPU; VIO's are made so
/// too.
[[nodiscard]] torch::Tensor convolved(const torch::Tensor& x_tnc, const torch::nn::Conv1d& conv);

/// Mean and maximum over the real positions: x [T, N, C] gives [N, 2 C].
[[nodiscard]] torch::Tensor mean_and_max(const torch::Tensor& x_tnc, const torch::Tensor& lengths);

/// Sines and cosines of Vaswani et al. (2017), [T, 1, C].
[[nodiscard]] torch::Tensor sinusoids(std::int64_t length, std::int64_t channels);

}  // namespace vio::bench
