// Included once a SIMD target, after highway.h (hence the guard that toggles).
#if defined(VIO_FUSED_LINEAR_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef VIO_FUSED_LINEAR_INL
#undef VIO_FUSED_LINEAR_INL
#else
#define VIO_FUSED_LINEAR_INL
#endif

#include <algorithm>

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

/// Rows of consecutive positions.
struct Strip {
  const float* x;
  std::size_t x_stride;
  float* y;
  std::size_t y_stride;

  HWY_INLINE const float* input(std::size_t position) const { return x + position * x_stride; }
  HWY_INLINE float* output(std::size_t position) const { return y + position * y_stride; }
};

/// Rows that lie anywhere.
struct Scattered {
  const float* const* x;
  float* const* y;

  HWY_INLINE const float* input(std::size_t position) const { return x[position]; }
  HWY_INLINE float* output(std::size_t position) const { return y[position]; }
};

/// kUnits units of outputs from `unit` on, of kPositions positions from `first` on.
template <std::size_t kUnits, std::size_t kPositions, class Finish, class Positions>
HWY_INLINE void linear_tile(const PackedLinear& layer, const Positions& run, std::size_t unit,
                            std::size_t first) {
  constexpr std::size_t kColumns = kUnits * kVectors;
  const Floats d;
  const std::size_t unit_size = layer.inputs * kUnit;
  const float* const weight = layer.weight.data() + unit * unit_size;
  const float* rows[kPositions];
  HWY_UNROLL(12)
  for (std::size_t p = 0; p < kPositions; ++p) {
    rows[p] = run.input(first + p);
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
  HWY_UNROLL(12)
  for (std::size_t p = 0; p < kPositions; ++p) {
    float* const y = run.output(first + p) + unit * kUnit;
    HWY_UNROLL(16)
    for (std::size_t v = 0; v < kColumns; ++v) {
      Finish()(sums[p][v], y + v * kLanes);
    }
  }
}

/// A tile of `count` positions, at most kPositions.
template <std::size_t kUnits, std::size_t kPositions, class Finish, class Positions>
HWY_INLINE void linear_rest(const PackedLinear& layer, const Positions& run, std::size_t unit,
                            std::size_t first, std::size_t count) {
  if constexpr (kPositions > 1) {
    if (count < kPositions) {
      return linear_rest<kUnits, kPositions - 1, Finish>(layer, run, unit, first, count);
    }
  }
  linear_tile<kUnits, kPositions, Finish>(layer, run, unit, first);
}

/// Few positions leave the multipliers idle between two sums of one accumulator, so the last tiles
/// share what is left evenly: 7 are 4 and 3, not 6 and 1.
template <std::size_t kUnits, class Finish, class Positions>
HWY_NOINLINE void linear_units(const PackedLinear& layer, const Positions& run, std::size_t unit,
                               std::size_t positions) {
  constexpr std::size_t kTile = kTilePositions<kUnits>;
  std::size_t first = 0;
  for (; positions - first >= 2 * kTile; first += kTile) {
    linear_tile<kUnits, kTile, Finish>(layer, run, unit, first);
  }
  const std::size_t left = positions - first;
  const std::size_t share = left > kTile ? (left + 1) / 2 : left;
  for (; first < positions; first += share) {
    linear_rest<kUnits, kTile, Finish>(layer, run, unit, first,
                                       std::min(share, positions - first));
  }
}

template <class Finish, class Positions>
HWY_INLINE void linear_rows(const PackedLinear& layer, const Positions& run,
                            std::size_t positions) {
  if (positions == 0) {
    return;
  }
  std::size_t unit = 0;
  if constexpr (kMostUnits == 4) {
    for (; unit + 4 <= layer.units; unit += 4) {
      linear_units<4, Finish>(layer, run, unit, positions);
    }
    if (unit + 2 <= layer.units) {
      linear_units<2, Finish>(layer, run, unit, positions);
      unit += 2;
    }
  }
  for (; unit < layer.units; ++unit) {
    linear_units<1, Finish>(layer, run, unit, positions);
  }
}

template <class Finish>
void linear(const PackedLinear& layer, const float* x, std::size_t x_stride, std::size_t positions,
            float* y) {
  linear_rows<Finish>(layer, Strip{x, x_stride, y, layer.units * kUnit}, positions);
}

template <class Finish>
void linear_scattered(const PackedLinear& layer, const float* const* x, std::size_t positions,
                      float* const* y) {
  linear_rows<Finish>(layer, Scattered{x, y}, positions);
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
