#include "vio/engine/torch/network.hpp"

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/dropout.h>

#include <fmt/format.h>

#include "engine/torch/block.hpp"
#include "engine/torch/length_features.hpp"
#include "engine/torch/pooling.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

namespace {

namespace nn = torch::nn;
using torch::Tensor;

nn::LayerNorm layer_norm(std::int64_t features) {
  return nn::LayerNorm(nn::LayerNormOptions({features}));
}

/// Row k is the one-hot row of code k: unknown symbols have a channel of their own or a zero row,
/// padding always a zero row.
Tensor one_hot_rows(const model::Spec& spec) {
  const std::int64_t codes = std::int64_t{spec.alphabet.pad()} + 1;
  return torch::eye(codes, torch::kFloat).narrow(1, 0, model::input_channels(spec)).contiguous();
}

/// [L, N, 1], 1 at positions before each row's length and 0 after.
Tensor real_positions(const Tensor& lengths, std::int64_t length) {
  const Tensor positions_l1 = torch::arange(length, lengths.options()).unsqueeze(1);
  return (positions_l1 < lengths).to(torch::kFloat).unsqueeze(2);
}

bool all_full(const Tensor& lengths, std::int64_t length) {
  // Asking a GPU would make the host wait for it.
  return lengths.device().is_cpu() && lengths.min().item<std::int64_t>() >= length;
}

}  // namespace

NetworkImpl::NetworkImpl(const model::Spec& spec, double dropout_channels, double dropout_head)
    : spec_(spec), dropout_head_(dropout_head) {
  one_hot_ = register_buffer("one_hot", one_hot_rows(spec));
  input_proj_ = register_module(
      "input_proj",
      nn::Conv1d(nn::Conv1dOptions(model::input_channels(spec), spec.channels, spec.stem_kernel)));
  nn::ModuleList blocks;
  for (const auto& block : spec.blocks) {
    blocks_.push_back(make_block(block, spec.channels, dropout_channels));
    blocks->push_back(std::shared_ptr<nn::Module>(blocks_.back()));
  }
  register_module("blocks", blocks);
  if (spec.final_norm) {
    norm_ = register_module("norm", layer_norm(spec.channels));
  }
  pooling_ = register_module("pooling", std::make_shared<Pooling>(spec.pooling, spec.channels));
  std::int64_t features = model::pooled_features(spec);
  if (spec.head.norm) {
    head_norm_ = register_module("head_norm", layer_norm(features));
  }
  features += spec.length.enabled ? model::kLengthFeatures : 0;
  if (spec.head.hidden > 0) {
    hidden_ = register_module("hidden", nn::Linear(features, spec.head.hidden));
    features = spec.head.hidden;
  }
  classifier_ = register_module(
      "classifier", nn::Linear(features, static_cast<std::int64_t>(spec.classes.size())));
}

Tensor NetworkImpl::forward(const Tensor& codes, const Tensor& lengths, const Tensor& whole) {
  const auto rows = codes.size(0);
  const auto length = codes.size(1);
  if (spec_.fixed_window && length != spec_.window) {
    throw core::InternalError(fmt::format(
        "the network takes windows of {} positions, padded where they are shorter, but was given "
        "{}: this is a bug, please report it",
        spec_.window, length));
  }
  const Tensor lengths_here = lengths.to(codes.device());
  const bool masks = !spec_.fixed_window || !spec_.pooling.over_padding;
  const Tensor real_ln1 =
      masks && !all_full(lengths, length) ? real_positions(lengths_here, length) : Tensor();
  const Tensor exists_ln1 = spec_.fixed_window ? Tensor() : real_ln1;
  const Tensor pooled_ln1 = spec_.pooling.over_padding ? Tensor() : real_ln1;

  Tensor x_lnc = stem(codes.t().contiguous());
  for (const auto& block : blocks_) {
    x_lnc = block->forward(x_lnc, exists_ln1);
  }
  if (norm_) {
    x_lnc = norm_(x_lnc);
  }
  const Tensor counts_n1 = spec_.pooling.over_padding
                               ? torch::full({rows, 1}, length, x_lnc.options())
                               : lengths_here.to(torch::kFloat).unsqueeze(1);
  return head(pooling_->forward(x_lnc, pooled_ln1, counts_n1), lengths_here,
              whole.to(codes.device()));
}

Tensor NetworkImpl::stem(const Tensor& codes_ln) {
  const auto half = spec_.stem_kernel / 2;
  Tensor columns = torch::embedding(one_hot_, codes_ln.to(torch::kLong));
  if (half > 0) {
    // [L, N, in, K]: every position with its neighbours, so that the stem is one matrix product.
    columns = torch::constant_pad_nd(columns, {0, 0, 0, 0, half, half})
                  .unfold(0, spec_.stem_kernel, 1)
                  .flatten(2);
  }
  return torch::linear(columns, input_proj_->weight.flatten(1), input_proj_->bias);
}

Tensor NetworkImpl::head(Tensor pooled, const Tensor& lengths, const Tensor& whole) {
  if (head_norm_) {
    pooled = head_norm_(pooled);
  }
  pooled = torch::dropout(pooled, dropout_head_, is_training());
  if (spec_.length.enabled) {
    const Tensor used = spec_.length.cut == model::LengthSpec::Cut::mask ? whole : Tensor();
    pooled = torch::cat({pooled, length_features(lengths, used)}, 1);
  }
  if (hidden_) {
    pooled = torch::dropout(hidden_(pooled).relu(), dropout_head_, is_training());
  }
  return classifier_(pooled);
}

}  // namespace vio::engine
