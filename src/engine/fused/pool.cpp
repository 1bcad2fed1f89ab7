#include "engine/fused/pool.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/fused/network.hpp"
#include "engine/fused/strip.hpp"
#include "vio/core/error.hpp"

namespace vio::engine::fused {

namespace {

using model::PoolKind;

/// Most positions of a window, as a power of two: sums of so many must not leave 64 bits.
constexpr int kPositionBits = 22;

/// As fine as sums of values up to `bound` can be.
FixedPoint fixed_point(double bound) {
  constexpr int kSignBit = 1;
  constexpr int kRounderLimit = 50;  // Kernels::sums
  const int value_bits = static_cast<int>(std::ceil(std::log2(std::max(bound, 1e-30)))) + 1;
  return {std::min(64 - kSignBit - kPositionBits, kRounderLimit) - value_bits};
}

double real(std::int64_t steps, FixedPoint scale) {
  return std::ldexp(static_cast<double>(steps), -scale.bits);
}

bool has(const model::PoolingSpec& spec, PoolKind kind) {
  return std::ranges::find(spec.kinds, kind) != spec.kinds.end();
}

/// log(sum(exp(x)) / n) a channel. It is not merged: the sum needs the window's own maximum.
void log_sum_exp(const float* x, std::size_t stride, std::size_t positions,
                 std::span<const float> largest, std::span<float> out) {
  for (std::size_t c = 0; c < out.size(); ++c) {
    double total = 0;
    for (std::size_t p = 0; p < positions; ++p) {
      total += std::exp(static_cast<double>(x[p * stride + c]) - largest[c]);
    }
    out[c] = static_cast<float>(largest[c] + std::log(total / static_cast<double>(positions)));
  }
}

}  // namespace

Pool::Pool(const model::Model& model)
    : spec_(model.spec.pooling),
      channels_(static_cast<std::size_t>(model.spec.channels)),
      units_(units_of(channels_)),
      features_(static_cast<std::size_t>(model::pooled_features(model.spec))) {
  const double bound = feature_bound(model);
  plain_ = fixed_point(bound);
  if (has(spec_, PoolKind::attention)) {
    const double most = std::exp(spec_.score_bound);
    weighted_ = fixed_point(bound * most);
    weights_ = fixed_point(most);
    score_ = pack_linear(model, "pooling.score");
    const auto heads = static_cast<std::size_t>(spec_.heads);
    const auto width = channels_ / heads;
    for (std::size_t head = 0; head < heads; ++head) {
      values_.push_back(pack_linear(model, "pooling.value", head * width, width));
    }
  }
}

void Pool::clear(Aggregate& aggregate) const {
  const auto stride = units_ * kUnit;
  aggregate.sums.assign(stride, 0);
  aggregate.largest.assign(stride, -std::numeric_limits<float>::infinity());
  aggregate.weighted.assign(values_.size() * stride, 0);
  aggregate.weights.assign(values_.size(), 0);
}

void Pool::add(const Kernels& kernels, const float* x, std::size_t positions,
               Scratch& scratch) const {
  auto& aggregate = scratch.aggregate;
  if (has(spec_, PoolKind::mean) || has(spec_, PoolKind::sum)) {
    kernels.sums(x, units_, positions, plain_, aggregate.sums.data());
  }
  if (has(spec_, PoolKind::max) || has(spec_, PoolKind::log_sum_exp)) {
    kernels.maxima(x, units_, positions, aggregate.largest.data());
  }
  if (!values_.empty()) {
    add_attention(kernels, x, positions, scratch);
  }
}

void Pool::add_attention(const Kernels& kernels, const float* x, std::size_t positions,
                         Scratch& scratch) const {
  const auto heads = values_.size();
  kernels.linear(score_, x, units_ * kUnit, positions, scratch.scores.data());
  kernels.attention_weights(scratch.scores.data(), positions, heads,
                            static_cast<float>(spec_.score_bound), scratch.weights.data());
  kernels.weighted_sums(x, units_, positions, scratch.weights.data(), heads, weighted_,
                        scratch.aggregate.weighted.data());
  const double step = std::ldexp(1.0, weights_.bits);
  for (std::size_t p = 0; p < positions; ++p) {
    for (std::size_t head = 0; head < heads; ++head) {
      scratch.aggregate.weights[head] += std::llrint(scratch.weights[p * heads + head] * step);
    }
  }
}

/// V (sum(e x) / sum(e)) + b: what the mean of the values is, as they are linear in x.
void Pool::attended(const Kernels& kernels, Scratch& scratch, std::span<float> out) const {
  const auto stride = units_ * kUnit;
  const auto width = channels_ / values_.size();
  for (std::size_t head = 0; head < values_.size(); ++head) {
    const double weight = real(scratch.aggregate.weights[head], weights_);
    for (std::size_t c = 0; c < channels_; ++c) {
      const auto sum = scratch.aggregate.weighted[head * stride + c];
      scratch.rows[c] = static_cast<float>(real(sum, weighted_) / weight);
    }
    kernels.linear(values_[head], scratch.rows.data(), stride, 1, scratch.values.data());
    std::copy_n(scratch.values.begin(), width,
                out.begin() + static_cast<std::ptrdiff_t>(head * width));
  }
}

void Pool::pool(const Kernels& kernels, const float* x, std::size_t positions, Scratch& scratch,
                std::span<float> pooled) const {
  const auto stride = units_ * kUnit;
  scratch.scores.resize(kChunk * padded(std::max<std::size_t>(values_.size(), 1)));
  scratch.weights.resize(kChunk * values_.size());
  scratch.rows.resize(stride);
  scratch.values.resize(stride);
  clear(scratch.aggregate);
  for (std::size_t first = 0; first < positions; first += kChunk) {
    add(kernels, x + first * stride, std::min(kChunk, positions - first), scratch);
  }
  for (const auto kind : spec_.kinds) {
    const auto out = pooled.first(channels_);
    pooled = pooled.subspan(channels_);
    finish(kernels, kind, {x, positions}, scratch, out);
  }
}

void Pool::finish(const Kernels& kernels, PoolKind kind, Features features, Scratch& scratch,
                  std::span<float> out) const {
  const auto& aggregate = scratch.aggregate;
  const auto count = static_cast<double>(features.positions);
  switch (kind) {
    case PoolKind::mean:
    case PoolKind::sum:
      for (std::size_t c = 0; c < out.size(); ++c) {
        const double sum = real(aggregate.sums[c], plain_);
        out[c] = static_cast<float>(kind == PoolKind::sum ? sum : sum / count);
      }
      return;
    case PoolKind::max:
      std::copy_n(aggregate.largest.begin(), out.size(), out.begin());
      return;
    case PoolKind::log_sum_exp:
      log_sum_exp(features.x, units_ * kUnit, features.positions, aggregate.largest, out);
      return;
    case PoolKind::attention:
      attended(kernels, scratch, out);
      return;
  }
  throw core::InternalError("the fused engine met a kind of pooling that it does not know");
}

}  // namespace vio::engine::fused
