// Included once a SIMD target, after highway.h (hence the guard that toggles).
#if defined(VIO_FUSED_POOL_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef VIO_FUSED_POOL_INL
#undef VIO_FUSED_POOL_INL
#else
#define VIO_FUSED_POOL_INL
#endif

#include "engine/fused/kernels.hpp"
#include "engine/fused/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vio::engine::fused::HWY_NAMESPACE {

using Doubles = hn::CappedTag<double, kUnit>;
using Double = hn::Vec<Doubles>;
using Counts = hn::RebindToSigned<Doubles>;
inline constexpr std::size_t kDoubleLanes = hn::MaxLanes(Doubles());

/// Added to a double below 2^51, it leaves the nearest integer in the low bits: kRounder's own bits
/// plus that integer.
inline constexpr double kRounder = 0x1.8p52;
inline constexpr std::int64_t kRounderBits = 0x4338000000000000;

/// Minus the rounder's own bits of `positions` sums, modulo 2^64.
HWY_INLINE std::int64_t without_rounder(std::size_t positions) {
  return static_cast<std::int64_t>(0 - positions * static_cast<std::uint64_t>(kRounderBits));
}

HWY_INLINE Double step_of(FixedPoint scale) {
  return hn::Set(Doubles(), std::ldexp(1.0, scale.bits));
}

HWY_INLINE Double load_doubles(const float* x) {
  const hn::Rebind<float, Doubles> half;
  return hn::PromoteTo(Doubles(), hn::Load(half, x));
}

struct WeightedRun {
  const float* x;
  std::size_t stride;
  std::size_t positions;
  const double* weights;
  std::size_t columns;
  FixedPoint scale;
  std::int64_t* sums;
};

/// kColumns columns of the weights at once, for one vector of channels.
template <std::size_t kColumns>
HWY_INLINE void add_weighted(const WeightedRun& run, std::size_t channel, std::size_t column) {
  const Doubles d;
  const Counts di;
  const Double step = step_of(run.scale);
  const Double rounder = hn::Set(d, kRounder);
  hn::Vec<Counts> totals[kColumns];
  HWY_UNROLL(4)
  for (std::size_t h = 0; h < kColumns; ++h) {
    totals[h] = hn::Set(di, without_rounder(run.positions));
  }
  for (std::size_t p = 0; p < run.positions; ++p) {
    const Double value = hn::Mul(load_doubles(run.x + p * run.stride + channel), step);
    HWY_UNROLL(4)
    for (std::size_t h = 0; h < kColumns; ++h) {
      const Double weight = hn::Set(d, run.weights[p * run.columns + column + h]);
      totals[h] = hn::Add(totals[h], hn::BitCast(di, hn::MulAdd(value, weight, rounder)));
    }
  }
  HWY_UNROLL(4)
  for (std::size_t h = 0; h < kColumns; ++h) {
    std::int64_t* to = run.sums + (column + h) * run.stride + channel;
    hn::Store(hn::Add(hn::Load(di, to), totals[h]), di, to);
  }
}

inline void weighted_sums(const float* x, std::size_t units, std::size_t positions,
                          WeightColumns weights, FixedPoint scale, std::int64_t* sums) {
  const std::size_t columns = weights.count;
  const WeightedRun run{x, units * kUnit, positions, weights.values, columns, scale, sums};
  for (std::size_t c = 0; c < run.stride; c += kDoubleLanes) {
    std::size_t h = 0;
    for (; h + 4 <= columns; h += 4) {
      add_weighted<4>(run, c, h);
    }
    for (; h < columns; ++h) {
      add_weighted<1>(run, c, h);
    }
  }
}

inline void plain_sums(const float* x, std::size_t units, std::size_t positions, FixedPoint scale,
                       std::int64_t* sums) {
  const Doubles d;
  const Counts di;
  const Double step = step_of(scale);
  const Double rounder = hn::Set(d, kRounder);
  const std::size_t stride = units * kUnit;
  for (std::size_t c = 0; c < stride; c += kDoubleLanes) {
    auto total = hn::Set(di, without_rounder(positions));
    for (std::size_t p = 0; p < positions; ++p) {
      const Double value = load_doubles(x + p * stride + c);
      total = hn::Add(total, hn::BitCast(di, hn::MulAdd(value, step, rounder)));
    }
    hn::Store(hn::Add(hn::Load(di, sums + c), total), di, sums + c);
  }
}

inline void maxima(const float* x, std::size_t units, std::size_t positions, float* largest) {
  const Floats d;
  const std::size_t stride = units * kUnit;
  for (std::size_t c = 0; c < stride; c += kLanes) {
    Float most = hn::Load(d, largest + c);
    for (std::size_t p = 0; p < positions; ++p) {
      most = hn::Max(most, hn::Load(d, x + p * stride + c));
    }
    hn::Store(most, d, largest + c);
  }
}

/// exp(bound tanh(score / bound)) of kUnit scores that lie side by side.
HWY_INLINE void exp_bounded(const float* scores, float bound, double* weights) {
  const Floats d;
  const Doubles dd;
  HWY_ALIGN float e[kUnit];
  for (std::size_t c = 0; c < kUnit; c += kLanes) {
    const Float bent = tanh(hn::Div(hn::Load(d, scores + c), hn::Set(d, bound)));
    hn::Store(exp(hn::Mul(bent, hn::Set(d, bound))), d, e + c);
  }
  for (std::size_t c = 0; c < kUnit; c += kDoubleLanes) {
    hn::Store(load_doubles(e + c), dd, weights + c);
  }
}

inline void attention_weights(const float* scores, std::size_t positions, std::size_t heads,
                              float bound, double* weights) {
  const std::size_t stride = padded(heads);
  HWY_ALIGN float some[kUnit] = {};
  HWY_ALIGN double result[kUnit];
  std::size_t filled = 0;
  const auto finish = [&](std::size_t count) HWY_ATTR {
    exp_bounded(some, bound, result);
    for (std::size_t i = 0; i < count; ++i) {
      *weights++ = result[i];
    }
    filled = 0;
  };
  for (std::size_t p = 0; p < positions; ++p) {
    for (std::size_t h = 0; h < heads; ++h) {
      some[filled] = scores[p * stride + h];
      if (++filled == kUnit) {
        finish(kUnit);
      }
    }
  }
  finish(filled);
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
