// Included once a SIMD target, after highway.h (hence the guard that toggles).
#if defined(VIO_FUSED_LOCAL_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef VIO_FUSED_LOCAL_INL
#undef VIO_FUSED_LOCAL_INL
#else
#define VIO_FUSED_LOCAL_INL
#endif

#include <cmath>

#include "engine/fused/math-inl.h"
#include "vio/core/alphabet.hpp"

// Stem, depthwise convolution and LayerNorm.

HWY_BEFORE_NAMESPACE();
namespace vio::engine::fused::HWY_NAMESPACE {

inline void stem(const PackedStem& layer, const core::Code* codes, std::size_t positions,
                 float* y) {
  const Floats d;
  const std::size_t stride = layer.units * kUnit;
  const core::Code* first = codes - layer.kernel / 2;
  for (std::size_t p = 0; p < positions; ++p, ++first, y += stride) {
    for (std::size_t c = 0; c < stride; c += kUnit) {
      Float sums[kVectors];
      HWY_UNROLL(4)
      for (std::size_t v = 0; v < kVectors; ++v) {
        sums[v] = hn::Load(d, layer.bias.data() + c + v * kLanes);
      }
      const float* tap = layer.taps.data() + c;
      for (std::size_t k = 0; k < layer.kernel; ++k, tap += layer.codes * stride) {
        const float* row = tap + first[k] * stride;
        HWY_UNROLL(4)
        for (std::size_t v = 0; v < kVectors; ++v) {
          sums[v] = hn::Add(sums[v], hn::Load(d, row + v * kLanes));
        }
      }
      HWY_UNROLL(4)
      for (std::size_t v = 0; v < kVectors; ++v) {
        hn::Store(sums[v], d, y + c + v * kLanes);
      }
    }
  }
}

/// One unit of channels of one position; kKernel 0 stands for any.
template <std::size_t kKernel>
HWY_INLINE void mix_unit(const PackedDepthwise& layer, const float* x, const float* gates,
                         float* y) {
  const Floats d;
  const std::size_t stride = layer.units * kUnit;
  const std::size_t kernel = kKernel == 0 ? layer.kernel : kKernel;
  for (std::size_t c = 0; c < stride; c += kLanes) {
    Float sum = hn::Load(d, layer.bias.data() + c);
    const float* weight = layer.weight.data() + c;
    const float* input = x + c;
    HWY_UNROLL(16)
    for (std::size_t k = 0; k < kernel; ++k) {
      sum = hn::MulAdd(hn::Load(d, weight + k * stride),
                       hn::Load(d, input + k * layer.dilation * stride), sum);
    }
    hn::Store(hn::Mul(sum, hn::Load(d, gates + c)), d, y + c);
  }
}

template <std::size_t kKernel>
HWY_INLINE void mix_positions(const PackedDepthwise& layer, const float* x, const float* gates,
                              std::size_t positions, float* y) {
  const std::size_t stride = layer.units * kUnit;
  const float* first = x - layer.reach() * stride;
  for (std::size_t p = 0; p < positions; ++p) {
    mix_unit<kKernel>(layer, first + p * stride, gates + p * stride, y + p * stride);
  }
}

inline void mix(const PackedDepthwise& layer, const float* x, const float* gates,
                std::size_t positions, float* y) {
  switch (layer.kernel) {
    case 5:
      return mix_positions<5>(layer, x, gates, positions, y);
    case 9:
      return mix_positions<9>(layer, x, gates, positions, y);
    default:
      return mix_positions<0>(layer, x, gates, positions, y);
  }
}

/// The sum of a row's channels; those past the layer's own are zero.
HWY_INLINE float row_sum(const float* x, std::size_t stride) {
  const Floats d;
  Float sum = hn::Load(d, x);
  for (std::size_t c = kLanes; c < stride; c += kLanes) {
    sum = hn::Add(sum, hn::Load(d, x + c));
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

HWY_INLINE float squares_about(const float* x, std::size_t channels, Float mean) {
  const Floats d;
  Float sum = hn::Zero(d);
  std::size_t c = 0;
  for (; c + kLanes <= channels; c += kLanes) {
    const Float off = hn::Sub(hn::Load(d, x + c), mean);
    sum = hn::MulAdd(off, off, sum);
  }
  if (c < channels) {
    const Float off =
        hn::IfThenElseZero(hn::FirstN(d, channels - c), hn::Sub(hn::Load(d, x + c), mean));
    sum = hn::MulAdd(off, off, sum);
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

inline void norm(const PackedNorm& layer, const float* x, std::size_t positions, float* y) {
  constexpr float kEpsilon = 1e-5F;
  const Floats d;
  const std::size_t stride = layer.weight.size();
  const float per_channel = 1.0F / static_cast<float>(layer.channels);
  for (std::size_t p = 0; p < positions; ++p, x += stride, y += stride) {
    const Float mean = hn::Set(d, row_sum(x, stride) * per_channel);
    const float variance = squares_about(x, layer.channels, mean) * per_channel;
    const Float scale = hn::Set(d, 1.0F / std::sqrt(variance + kEpsilon));
    for (std::size_t c = 0; c < stride; c += kLanes) {
      const Float off = hn::Mul(hn::Sub(hn::Load(d, x + c), mean), scale);
      hn::Store(
          hn::MulAdd(off, hn::Load(d, layer.weight.data() + c), hn::Load(d, layer.bias.data() + c)),
          d, y + c);
    }
  }
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
