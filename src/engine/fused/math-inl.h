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

/// 2^x with a relative error below 2e-7; x is clamped to [-126, 126].
HWY_INLINE Float exp2(Float x) {
  const Floats d;
  const hn::RebindToSigned<Floats> di;
  x = hn::Min(hn::Max(x, hn::Set(d, -126.0F)), hn::Set(d, 126.0F));
  const Float whole = hn::Round(x);
  const Float rest = hn::Sub(x, whole);  // [-1/2, 1/2]
  // Taylor: ln(2)^k / k!; the first term left out is below (ln(2) / 2)^7 / 7! = 1.2e-7.
  Float y = hn::Set(d, 1.5403530e-4F);
  y = hn::MulAdd(y, rest, hn::Set(d, 1.3333558e-3F));
  y = hn::MulAdd(y, rest, hn::Set(d, 9.6181291e-3F));
  y = hn::MulAdd(y, rest, hn::Set(d, 5.5504109e-2F));
  y = hn::MulAdd(y, rest, hn::Set(d, 2.4022651e-1F));
  y = hn::MulAdd(y, rest, hn::Set(d, 6.9314718e-1F));
  y = hn::MulAdd(y, rest, hn::Set(d, 1.0F));
  const auto exponent = hn::ShiftLeft<23>(hn::ConvertTo(di, whole));
  return hn::BitCast(d, hn::Add(hn::BitCast(di, y), exponent));
}

HWY_INLINE Float exp(Float x) {
  return exp2(hn::Mul(x, hn::Set(Floats(), 1.44269504F)));
}

HWY_INLINE Float sigmoid(Float x) {
  const Floats d;
  const Float one = hn::Set(d, 1.0F);
  return hn::Div(one, hn::Add(one, exp2(hn::Mul(x, hn::Set(d, -1.44269504F)))));
}

/// 1 - 2 / (1 + exp(2 x)); absolute error below 3e-7.
HWY_INLINE Float tanh(Float x) {
  const Floats d;
  const Float one = hn::Set(d, 1.0F);
  const Float e = exp2(hn::Mul(x, hn::Set(d, 2.88539008F)));
  return hn::Sub(one, hn::Div(hn::Set(d, 2.0F), hn::Add(one, e)));
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
