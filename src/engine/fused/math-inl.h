// Included once a SIMD target, after highway.h (hence the guard that toggles).
#if defined(VIO_FUSED_MATH_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef VIO_FUSED_MATH_INL
#undef VIO_FUSED_MATH_INL
#else
#define VIO_FUSED_MATH_INL
#endif

#include <hwy/highway.h>

#include <cstddef>

#include "engine/fused/packed.hpp"

HWY_BEFORE_NAMESPACE();
namespace vio::engine::fused::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Vectors of floats, at most a unit long.
using Floats = hn::CappedTag<float, kUnit>;
using Float = hn::Vec<Floats>;
inline constexpr std::size_t kLanes = hn::MaxLanes(Floats());
inline constexpr std::size_t kVectors = kUnit / kLanes;  // a unit

/// exp(x * scale) for |x * scale| up to 87, beyond which it stays what it is there. The relative
/// error is below 3e-7, and 6e-8 times |x * scale| more where a target has no fused multiply-add.
HWY_INLINE Float exp_scaled(Float x, float scale) {
  const Floats d;
  const hn::RebindToSigned<Floats> di;
  const float most = 87.0F / (scale < 0 ? -scale : scale);
  x = hn::Min(hn::Max(x, hn::Set(d, -most)), hn::Set(d, most));
  const Float to_powers = hn::Set(d, 1.44269504F * scale);
  // Added to a number below 2^22, it leaves the nearest integer in the low bits.
  const Float rounder = hn::Set(d, 0x1.8p23F);
  const Float rounded = hn::MulAdd(x, to_powers, rounder);
  const Float whole = hn::Sub(rounded, rounder);
  const Float rest = hn::MulSub(x, to_powers, whole);  // [-1/2, 1/2]
  // 2^rest, the polynomial with the smallest largest relative error: 9.2e-8 before rounding.
  Float y = hn::Set(d, 1.3264727e-3F);
  y = hn::MulAdd(y, rest, hn::Set(d, 9.671513e-3F));
  y = hn::MulAdd(y, rest, hn::Set(d, 5.5507336e-2F));
  y = hn::MulAdd(y, rest, hn::Set(d, 2.4022242e-1F));
  y = hn::MulAdd(y, rest, hn::Set(d, 6.93147e-1F));
  y = hn::MulAdd(y, rest, hn::Set(d, 1.0F));
  const auto exponent = hn::ShiftLeft<23>(hn::BitCast(di, rounded));
  return hn::BitCast(d, hn::Add(hn::BitCast(di, y), exponent));
}

HWY_INLINE Float exp(Float x) {
  return exp_scaled(x, 1.0F);
}

HWY_INLINE Float sigmoid(Float x) {
  const Floats d;
  const Float one = hn::Set(d, 1.0F);
  return hn::Div(one, hn::Add(one, exp_scaled(x, -1.0F)));
}

/// 1 - 2 / (1 + exp(2 x)); absolute error below 3e-7.
HWY_INLINE Float tanh(Float x) {
  const Floats d;
  const Float one = hn::Set(d, 1.0F);
  const Float e = exp_scaled(x, 2.0F);
  return hn::Sub(one, hn::Div(hn::Set(d, 2.0F), hn::Add(one, e)));
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
