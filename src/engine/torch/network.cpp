#include "vio/engine/torch/network.hpp"

#include <torch/nn/modules/container/modulelist.h>

#include <fmt/format.h>

#include "engine/plan/reach.hpp"
#include "engine/torch/block.hpp"
#include "engine/torch/length_features.hpp"
#include "engine/torch/length_ranges.hpp"
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

Tensor drop(const Tensor& x, double probability, const c10::optional<at::Generator>& generator) {
  if (probability <= 0) {
    return x;
  }
  return x * (torch::empty_like(x).bernoulli_(1 - probability, generator) / (1 - probability));
}

}  // namespace

std::int64_t packing_gap(const model::Spec& spec) {
  return Reach(spec).widest();
}

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
  if (spec.length.range_levels > 0) {
    length_ranges_ = register_module(
        "length_ranges", std::make_shared<LengthRanges>(spec.length, spec.classes.size()));
  }
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

  const Tensor x_lnc = features(codes.t().contiguous(), exists_ln1);
  const Tensor counts_n1 = spec_.pooling.over_padding
                               ? torch::full({rows, 1}, length, x_lnc.options())
                               : lengths_here.to(torch::kFloat).unsqueeze(1);
  const PooledPositions pooled{
      .mask_ln1 = pooled_ln1, .segments_ln = Tensor(), .counts_n1 = counts_n1};
  return head(pooling_->forward(x_lnc, pooled), lengths_here, whole.to(codes.device()));
}

Tensor NetworkImpl::forward_packed(const PackedRows& packed, const Tensor& codes,
                                   const Tensor& lengths, const Tensor& whole) {
  if (spec_.fixed_window) {
    throw core::InternalError(
        "a spec with a fixed window was given packed rows: this is a bug, please report it");
  }
  const auto device = codes.device();
  const Tensor lengths_here = lengths.to(device);
  const Tensor segments_ln = packed.segments_rl.t().contiguous();
  const Tensor exists_ln1 = (segments_ln >= 0).to(torch::kFloat).unsqueeze(2);
  const Tensor x_lnc = features(packed.codes_rl.t().contiguous(), exists_ln1);
  const PooledPositions pooled{.mask_ln1 = Tensor(),
                               .segments_ln = segments_ln,
                               .counts_n1 = lengths_here.to(torch::kFloat).unsqueeze(1)};
  return head(pooling_->forward(x_lnc, pooled), lengths_here, whole.to(device));
}

Tensor NetworkImpl::features(const Tensor& codes_ln, const Tensor& exists_ln1) {
  Tensor x_lnc = stem(codes_ln);
  for (const auto& block : blocks_) {
    x_lnc = block->forward(x_lnc, exists_ln1, generator_);
  }
  return norm_ ? norm_(x_lnc) : x_lnc;
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
  pooled = drop(pooled, is_training() ? dropout_head_ : 0, generator_);
  const Tensor used = spec_.length.cut == model::LengthSpec::Cut::mask ? whole : Tensor();
  if (spec_.length.enabled) {
    pooled = torch::cat({pooled, length_features(lengths, used)}, 1);
  }
  if (hidden_) {
    pooled = drop(hidden_(pooled).relu(), is_training() ? dropout_head_ : 0, generator_);
  }
  const Tensor logits = classifier_(pooled);
  return length_ranges_ ? logits + length_ranges_->forward(lengths, used) : logits;
}

}  // namespace vio::engine
