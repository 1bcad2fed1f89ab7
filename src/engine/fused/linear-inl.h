// Included once a SIMD target, after highway.h (hence the guard that toggles).
#if defined(VIO_FUSED_LINEAR_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef VIO_FUSED_LINEAR_INL
#undef VIO_FUSED_LINEAR_INL
#else
#define VIO_FUSED_LINEAR_INL
#endif

#include "engine/fused/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vio::engine::fused::HWY_NAMESPACE {

// Accumulators of a tile, positions x vectors, and one position's weights fill the registers: 32 of
// them hold 6 x 4 + 4, 16 hold 6 x 2 + 2 or 3 x 4 + 2.
inline constexpr std::size_t kMostUnits = kLanes >= 16 ? 4 : 1;
inline constexpr std::size_t kTilePositions = HWY_ARCH_X86 && kLanes == 4 ? 3 : 6;

struct Store {
  HWY_INLINE void operator()(Float sum, float* y) const { hn::Store(sum, Floats(), y); }
};
struct StoreSigmoid {
  HWY_INLINE void operator()(Float sum, float* y) const { hn::Store(sigmoid(sum), Floats(), y); }
};
struct AddTo {
  HWY_INLINE void operator()(Float sum, float* y) const {
    hn::Store(hn::Add(hn::Load(Floats(), y), sum), Floats(), y);
  }
};

/// kUnits units of outputs from `unit` on, of up to kPositions positions. A tile that reaches past
/// the last position computes that one again and stores nothing for it.
template <std::size_t kUnits, std::size_t kPositions, class Finish>
HWY_INLINE void linear_tile(const PackedLinear& layer, std::size_t unit, const float* x,
                            std::size_t x_stride, std::size_t positions, float* y) {
  constexpr std::size_t kColumns = kUnits * kVectors;
  const Floats d;
  const std::size_t y_stride = layer.units * kUnit;
  const std::size_t unit_size = layer.inputs * kUnit;
  const float* const weight = layer.weight.data() + unit * unit_size;
  const float* rows[kPositions];
  HWY_UNROLL(8)
  for (std::size_t p = 0; p < kPositions; ++p) {
    rows[p] = x + (p < positions ? p : positions - 1) * x_stride;
  }
  Float sums[kPositions][kColumns];
  HWY_UNROLL(8)
  for (std::size_t v = 0; v < kColumns; ++v) {
    const Float bias = hn::Load(d, layer.bias.data() + unit * kUnit + v * kLanes);
    HWY_UNROLL(8)
    for (std::size_t p = 0; p < kPositions; ++p) {
      sums[p][v] = bias;
    }
  }
  for (std::size_t i = 0; i < layer.inputs; ++i) {
    Float weights[kColumns];
    HWY_UNROLL(8)
    for (std::size_t v = 0; v < kColumns; ++v) {
      weights[v] =
          hn::Load(d, weight + v / kVectors * unit_size + i * kUnit + v % kVectors * kLanes);
    }
    HWY_UNROLL(8)
    for (std::size_t p = 0; p < kPositions; ++p) {
      const Float input = hn::Set(d, rows[p][i]);
      HWY_UNROLL(8)
      for (std::size_t v = 0; v < kColumns; ++v) {
        sums[p][v] = hn::MulAdd(input, weights[v], sums[p][v]);
      }
    }
  }
  HWY_UNROLL(8)
  for (std::size_t p = 0; p < kPositions; ++p) {
    if (p < positions) {
      HWY_UNROLL(8)
      for (std::size_t v = 0; v < kColumns; ++v) {
        Finish()(sums[p][v], y + p * y_stride + unit * kUnit + v * kLanes);
      }
    }
  }
}

template <std::size_t kUnits, class Finish>
HWY_INLINE void linear_units(const PackedLinear& layer, std::size_t unit, const float* x,
                             std::size_t x_stride, std::size_t positions, float* y) {
  const std::size_t y_stride = layer.units * kUnit;
  std::size_t p = 0;
  for (; p + kTilePositions / 2 < positions; p += kTilePositions) {
    linear_tile<kUnits, kTilePositions, Finish>(layer, unit, x + p * x_stride, x_stride,
                                                positions - p, y + p * y_stride);
  }
  // A few positions left, as edges and edits have them.
  for (; p < positions; ++p) {
    linear_tile<kUnits, 1, Finish>(layer, unit, x + p * x_stride, x_stride, 1, y + p * y_stride);
  }
}

template <class Finish>
void linear(const PackedLinear& layer, const float* x, std::size_t x_stride, std::size_t positions,
            float* y) {
  std::size_t unit = 0;
  if constexpr (kMostUnits == 4) {
    for (; unit + 4 <= layer.units; unit += 4) {
      linear_units<4, Finish>(layer, unit, x, x_stride, positions, y);
    }
    if (unit + 2 <= layer.units) {
      linear_units<2, Finish>(layer, unit, x, x_stride, positions, y);
      unit += 2;
    }
  }
  for (; unit < layer.units; ++unit) {
    linear_units<1, Finish>(layer, unit, x, x_stride, positions, y);
  }
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
