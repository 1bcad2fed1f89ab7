#include "engine/fused/pool.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/fused/network.hpp"
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

/// The nearest integer of a value below 2^51, as the kernels round.
std::int64_t nearest(double value) {
  constexpr double kRounder = 0x1.8p52;
  return std::bit_cast<std::int64_t>(value + kRounder) - std::bit_cast<std::int64_t>(kRounder);
}

/// A step. A power of two, so that products with it are exact.
double step_of(FixedPoint scale) {
  return std::ldexp(1.0, -scale.bits);
}

/// Modulo 2^64, so unsigned: only what a window ends up with must fit.
std::int64_t plus(std::int64_t sum, std::int64_t times, std::int64_t steps) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) +
                                   static_cast<std::uint64_t>(times) *
                                       static_cast<std::uint64_t>(steps));
}

void merge(std::span<const std::int64_t> sums, std::int64_t times, std::int64_t* into) {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    into[i] = plus(into[i], times, sums[i]);
  }
}

bool has(const model::PoolingSpec& spec, PoolKind kind) {
  return std::ranges::find(spec.kinds, kind) != spec.kinds.end();
}

/// Positions whose attention is computed at a time.
constexpr std::size_t kChunk = 48;

/// log(sum(exp(x)) / n) a channel. It is not merged: the sum needs the window's own maximum.
void log_sum_exp(Pool::Features all, std::size_t stride, const float* maxima,
                 std::span<float> out) {
  for (std::size_t c = 0; c < out.size(); ++c) {
    double total = 0;
    for (std::int64_t p = 0; p < all.positions; ++p) {
      const float x = all.x[static_cast<std::size_t>(p) * stride + c];
      total += std::exp(static_cast<double>(x) - maxima[c]);
    }
    out[c] = static_cast<float>(maxima[c] + std::log(total / static_cast<double>(all.positions)));
  }
}

}  // namespace

void Aggregates::reset(std::size_t count, std::size_t sums, std::size_t maxima) {
  sums_each_ = sums;
  maxima_each_ = maxima;
  sums_.assign(count * sums, 0);
  maxima_.assign(count * maxima, -std::numeric_limits<float>::infinity());
}

Pool::Pool(const model::Model& model, const Kernels& kernels)
    : kernels_(kernels),
      spec_(model.spec.pooling),
      channels_(static_cast<std::size_t>(model.spec.channels)),
      units_(units_of(channels_)),
      stride_(units_ * kUnit),
      features_(static_cast<std::size_t>(model::pooled_features(model.spec))),
      needs_features_(has(spec_, PoolKind::log_sum_exp)),
      flops_(static_cast<std::uint64_t>(model::pooling_flops(model.spec))) {
  const double bound = feature_bound(model);
  plain_ = fixed_point(bound);
  if (has(spec_, PoolKind::mean) || has(spec_, PoolKind::sum)) {
    plain_sums_ = stride_;
  }
  if (has(spec_, PoolKind::max) || needs_features_) {
    maxima_ = stride_;
  }
  sums_ = plain_sums_;
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
    sums_ += heads * stride_ + padded(heads);
  }
}

void Pool::add_sums(const float* x, std::int64_t positions, Scratch& scratch,
                    Aggregate into) const {
  const auto count = static_cast<std::size_t>(positions);
  if (plain_sums_ > 0) {
    kernels_.sums(x, units_, count, plain_, into.sums);
  }
  for (std::size_t first = 0; first < count && !values_.empty(); first += kChunk) {
    add_attention(x + first * stride_, std::min(kChunk, count - first), scratch,
                  into.sums + plain_sums_);
  }
}

void Pool::add_maxima(const float* x, std::int64_t positions, float* maxima) const {
  if (maxima_ > 0) {
    kernels_.maxima(x, units_, static_cast<std::size_t>(positions), maxima);
  }
}

void Pool::add_attention(const float* x, std::size_t positions, Scratch& scratch,
                         std::int64_t* sums) const {
  const auto heads = values_.size();
  scratch.scores.resize(kChunk * score_.units * kUnit);
  scratch.weights.resize(kChunk * heads);
  kernels_.linear(score_, x, stride_, positions, scratch.scores.data());
  kernels_.attention_weights(scratch.scores.data(), positions, heads,
                             static_cast<float>(spec_.score_bound), scratch.weights.data());
  kernels_.weighted_sums(x, units_, positions, {scratch.weights.data(), heads}, weighted_, sums);
  const double step = std::ldexp(1.0, weights_.bits);
  std::int64_t* const weights = sums + heads * stride_;
  for (std::size_t p = 0; p < positions; ++p) {
    for (std::size_t head = 0; head < heads; ++head) {
      weights[head] += nearest(scratch.weights[p * heads + head] * step);
    }
  }
}

void Pool::merge_sums(const std::int64_t* sums, std::int64_t times, std::int64_t* into) const {
  const std::span all(sums, sums_);
  // A factor that the compiler knows: most processors multiply no vectors of 64-bit integers.
  if (times == 1) {
    merge(all, 1, into);
  } else if (times == -1) {
    merge(all, -1, into);
  } else {
    merge(all, times, into);
  }
}

void Pool::merge_maxima(const float* maxima, float* into) const {
  for (std::size_t i = 0; i < maxima_; ++i) {
    into[i] = std::max(into[i], maxima[i]);
  }
}

/// V (sum(e x) / sum(e)) + b: what the mean of the values is, as they are linear in x.
void Pool::attended(const std::int64_t* sums, Scratch& scratch, std::span<float> out) const {
  const auto heads = values_.size();
  const auto width = channels_ / heads;
  const double weight_step = step_of(weights_);
  const double step = step_of(weighted_);
  scratch.rows.resize(stride_);
  scratch.values.resize(stride_);
  for (std::size_t head = 0; head < heads; ++head) {
    const double weight = static_cast<double>(sums[heads * stride_ + head]) * weight_step;
    for (std::size_t c = 0; c < channels_; ++c) {
      const double sum = static_cast<double>(sums[head * stride_ + c]) * step;
      scratch.rows[c] = static_cast<float>(sum / weight);
    }
    kernels_.linear(values_[head], scratch.rows.data(), stride_, 1, scratch.values.data());
    std::copy_n(scratch.values.begin(), width,
                out.begin() + static_cast<std::ptrdiff_t>(head * width));
  }
}

void Pool::finish(Aggregate aggregate, Features all, Scratch& scratch,
                  std::span<float> pooled) const {
  for (const auto kind : spec_.kinds) {
    finish_kind(kind, aggregate, all, scratch, pooled.first(channels_));
    pooled = pooled.subspan(channels_);
  }
}

void Pool::finish_kind(PoolKind kind, Aggregate aggregate, Features all, Scratch& scratch,
                       std::span<float> out) const {
  const double count = kind == PoolKind::mean ? static_cast<double>(all.positions) : 1.0;
  const double step = step_of(plain_);
  switch (kind) {
    case PoolKind::mean:
    case PoolKind::sum:
      for (std::size_t c = 0; c < out.size(); ++c) {
        out[c] = static_cast<float>(static_cast<double>(aggregate.sums[c]) * step / count);
      }
      return;
    case PoolKind::max:
      std::copy_n(aggregate.maxima, out.size(), out.begin());
      return;
    case PoolKind::log_sum_exp:
      log_sum_exp(all, stride_, aggregate.maxima, out);
      return;
    case PoolKind::attention:
      attended(aggregate.sums + plain_sums_, scratch, out);
      return;
  }
  throw core::InternalError("the fused engine met a kind of pooling that it does not know");
}

}  // namespace vio::engine::fused
