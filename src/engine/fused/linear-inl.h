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
// them hold 6 x 4 + 4, 16 hold 6 x 2 + 2 or 3 x 4 + 2. A tile of one vector is as tall as there are
// addresses for its rows.
inline constexpr std::size_t kMostUnits = kLanes >= 16 ? 4 : 1;
template <std::size_t kUnits>
inline constexpr std::size_t kTilePositions = HWY_ARCH_X86&& kLanes == 4 ? 3
                                              : kUnits* kVectors == 1    ? 12
                                                                         : 6;

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

struct LinearRun {
  const PackedLinear& layer;
  const float* x;
  std::size_t x_stride;
  float* y;
  std::size_t y_stride;
};

/// kUnits units of outputs from `unit` on, of kPositions positions from `first` on.
template <std::size_t kUnits, std::size_t kPositions, class Finish>
HWY_INLINE void linear_tile(const LinearRun& run, std::size_t unit, std::size_t first) {
  constexpr std::size_t kColumns = kUnits * kVectors;
  const Floats d;
  const PackedLinear& layer = run.layer;
  const std::size_t unit_size = layer.inputs * kUnit;
  const float* const weight = layer.weight.data() + unit * unit_size;
  const float* rows[kPositions];
  HWY_UNROLL(12)
  for (std::size_t p = 0; p < kPositions; ++p) {
    rows[p] = run.x + (first + p) * run.x_stride;
  }
  Float sums[kPositions][kColumns];
  HWY_UNROLL(16)
  for (std::size_t v = 0; v < kColumns; ++v) {
    const Float bias = hn::Load(d, layer.bias.data() + unit * kUnit + v * kLanes);
    HWY_UNROLL(12)
    for (std::size_t p = 0; p < kPositions; ++p) {
      sums[p][v] = bias;
    }
  }
  for (std::size_t i = 0; i < layer.inputs; ++i) {
    Float weights[kColumns];
    HWY_UNROLL(16)
    for (std::size_t v = 0; v < kColumns; ++v) {
      weights[v] =
          hn::Load(d, weight + v / kVectors * unit_size + i * kUnit + v % kVectors * kLanes);
    }
    HWY_UNROLL(12)
    for (std::size_t p = 0; p < kPositions; ++p) {
      const Float input = hn::Set(d, rows[p][i]);
      HWY_UNROLL(16)
      for (std::size_t v = 0; v < kColumns; ++v) {
        sums[p][v] = hn::MulAdd(input, weights[v], sums[p][v]);
      }
    }
  }
  float* const y = run.y + first * run.y_stride + unit * kUnit;
  HWY_UNROLL(12)
  for (std::size_t p = 0; p < kPositions; ++p) {
    HWY_UNROLL(16)
    for (std::size_t v = 0; v < kColumns; ++v) {
      Finish()(sums[p][v], y + p * run.y_stride + v * kLanes);
    }
  }
}

/// A tile of `count` positions, at most kPositions.
template <std::size_t kUnits, std::size_t kPositions, class Finish>
HWY_INLINE void linear_rest(const LinearRun& run, std::size_t unit, std::size_t first,
                            std::size_t count) {
  if constexpr (kPositions > 1) {
    if (count < kPositions) {
      return linear_rest<kUnits, kPositions - 1, Finish>(run, unit, first, count);
    }
  }
  linear_tile<kUnits, kPositions, Finish>(run, unit, first);
}

/// Few positions leave the multipliers idle between two sums of one accumulator, so the last tiles
/// share what is left evenly: 7 are 4 and 3, not 6 and 1.
template <std::size_t kUnits, class Finish>
HWY_NOINLINE void linear_units(const LinearRun& run, std::size_t unit, std::size_t positions) {
  constexpr std::size_t kTile = kTilePositions<kUnits>;
  std::size_t first = 0;
  for (; positions - first >= 2 * kTile; first += kTile) {
    linear_tile<kUnits, kTile, Finish>(run, unit, first);
  }
  const std::size_t left = positions - first;
  const std::size_t half = left > kTile ? (left + 1) / 2 : left;
  linear_rest<kUnits, kTile, Finish>(run, unit, first, half);
  if (half < left) {
    linear_rest<kUnits, kTile, Finish>(run, unit, first + half, left - half);
  }
}

template <class Finish>
void linear(const PackedLinear& layer, const float* x, std::size_t x_stride, std::size_t positions,
            float* y) {
  if (positions == 0) {
    return;
  }
  const LinearRun run{layer, x, x_stride, y, layer.units * kUnit};
  std::size_t unit = 0;
  if constexpr (kMostUnits == 4) {
    for (; unit + 4 <= layer.units; unit += 4) {
      linear_units<4, Finish>(run, unit, positions);
    }
    if (unit + 2 <= layer.units) {
      linear_units<2, Finish>(run, unit, positions);
      unit += 2;
    }
  }
  for (; unit < layer.units; ++unit) {
    linear_units<1, Finish>(run, unit, positions);
  }
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
