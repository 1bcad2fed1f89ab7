#include "models/rival.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "engine/torch/length_features.hpp"

namespace vio::bench {

namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr std::int64_t kHidden = 128;
// Rows that share a tensor are at least this part of the longest, or short in any case.
constexpr double kSimilar = 0.75;
constexpr std::int64_t kShort = 64;

/// How many rows from `begin` on, in falling order of length, are similar to the first.
std::int64_t similar_rows(const std::int64_t* lengths, std::int64_t begin, std::int64_t rows) {
  const auto longest = lengths[begin];
  auto end = begin;
  while (end < rows && (longest <= kShort || static_cast<double>(lengths[end]) >=
                                                 kSimilar * static_cast<double>(longest))) {
    ++end;
  }
  return end - begin;
}

}  // namespace

Rival::Rival(const model::Spec& spec, const train::FitOptions& options, std::int64_t features)
    : dropout_(options.dropout_channels),
      dropout_head_(options.dropout_head),
      one_hot_(register_buffer("one_hot", torch::eye(spec.alphabet.pad() + 1, torch::kFloat)
                                              .narrow(1, 0, spec.alphabet.size())
                                              .contiguous())),
      head_norm_(register_module("head_norm", nn::LayerNorm(nn::LayerNormOptions({features})))),
      hidden_(register_module("hidden", nn::Linear(features + model::kLengthFeatures, kHidden))),
      classifier_(register_module(
          "classifier", nn::Linear(kHidden, static_cast<std::int64_t>(spec.classes.size())))) {}

Tensor Rival::forward(const train::Batch& batch) {
  const auto order = batch.lengths.argsort(/*dim=*/0, /*descending=*/true);
  const auto lengths = batch.lengths.index_select(0, order);
  const auto rows = lengths.size(0);
  const auto* values = lengths.data_ptr<std::int64_t>();
  std::vector<Tensor> parts;
  for (std::int64_t begin = 0; begin < rows;) {
    const auto count = mixes_lengths() ? rows : similar_rows(values, begin, rows);
    const auto codes =
        batch.codes_nl.index_select(0, order.narrow(0, begin, count)).narrow(1, 0, values[begin]);
    parts.push_back(encode(codes, lengths.narrow(0, begin, count)));
    begin += count;
  }
  return head(torch::cat(parts).index_select(0, order.argsort()), batch);
}

Tensor Rival::head(Tensor pooled, const train::Batch& batch) {
  pooled = drop_features(head_norm_(pooled));
  pooled = torch::cat({pooled, engine::length_features(batch.lengths, batch.whole)}, 1);
  return classifier_(drop_features(hidden_(pooled).relu()));
}

Tensor Rival::one_hot(const Tensor& codes) const {
  return torch::embedding(one_hot_, codes.to(torch::kLong));
}

Tensor Rival::drop(const Tensor& x_tnc) const {
  return is_training() && dropout_ > 0 ? x_tnc * keep({1, x_tnc.size(1), x_tnc.size(2)}, dropout_)
                                       : x_tnc;
}

Tensor Rival::drop_features(const Tensor& x) const {
  return is_training() && dropout_head_ > 0 ? x * keep(x.sizes(), dropout_head_) : x;
}

Tensor Rival::keep(at::IntArrayRef shape, double probability) const {
  return torch::empty(shape).bernoulli_(1 - probability, generator_) / (1 - probability);
}

Tensor real_positions(const Tensor& lengths, std::int64_t length) {
  const auto positions_t1 = torch::arange(length, lengths.options()).unsqueeze(1);
  return (positions_t1 < lengths).to(torch::kFloat).unsqueeze(2);
}

Tensor convolved(const Tensor& x_tnc, const nn::Conv1d& conv) {
  const auto kernel = conv->weight.size(2);
  const auto image = x_tnc.contiguous().unsqueeze(0).permute({0, 3, 1, 2});
  const auto taps = conv->weight.unsqueeze(3).contiguous(at::MemoryFormat::ChannelsLast);
  return torch::conv2d(image, taps, conv->bias, {conv->options.stride()->front(), 1},
                       {kernel / 2, 0})
      .permute({0, 2, 3, 1})
      .squeeze(0);
}

Tensor mean_and_max(const Tensor& x_tnc, const Tensor& lengths) {
  const auto counts_n1 = lengths.to(torch::kFloat).unsqueeze(1);
  if (lengths.min().item<std::int64_t>() == x_tnc.size(0)) {
    return torch::cat({x_tnc.sum(0) / counts_n1, x_tnc.amax(0)}, 1);
  }
  const auto real_tn1 = real_positions(lengths, x_tnc.size(0));
  const auto masked = x_tnc.masked_fill(real_tn1 == 0, -std::numeric_limits<float>::infinity());
  return torch::cat({(x_tnc * real_tn1).sum(0) / counts_n1, masked.amax(0)}, 1);
}

Tensor sinusoids(std::int64_t length, std::int64_t channels) {
  const auto positions_t1 = torch::arange(length, torch::kFloat).unsqueeze(1);
  const auto channel = torch::arange(0, channels, 2, torch::kFloat);
  const auto angles =
      positions_t1 * (channel * (-std::log(1e4) / static_cast<double>(channels))).exp();
  return torch::cat({angles.sin(), angles.cos()}, 1).unsqueeze(1);
}

}  // namespace vio::bench
