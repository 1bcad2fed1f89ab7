// Included once a SIMD target, after highway.h (hence the guard that toggles).
#if defined(VIO_FUSED_LOCAL_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef VIO_FUSED_LOCAL_INL
#undef VIO_FUSED_LOCAL_INL
#else
#define VIO_FUSED_LOCAL_INL
#endif

#include <cstdint>

#include "engine/fused/math-inl.h"
#include "vio/core/alphabet.hpp"

// Stem, depthwise convolution and LayerNorm.

HWY_BEFORE_NAMESPACE();
namespace vio::engine::fused::HWY_NAMESPACE {

/// Rows of stem tables that a few positions pick.
inline constexpr std::size_t kPicked = 64;
using Picks = std::uint32_t[kPicked];

HWY_INLINE void pick_rows(const PackedStem::Table& table, std::size_t codes,
                          const core::Code* first, std::size_t positions, Picks& picks) {
  const auto base = static_cast<std::uint32_t>(codes);
  for (std::size_t p = 0; p < positions; ++p) {
    picks[p] = first[p];
  }
  for (std::size_t k = 1; k < table.span; ++k) {
    for (std::size_t p = 0; p < positions; ++p) {
      picks[p] = picks[p] * base + first[p + k];
    }
  }
}

/// y = the sum of the rows that kTables tables from `table` on give; added to y where kAdd.
template <std::size_t kTables, bool kAdd>
HWY_INLINE void add_picked(const PackedStem::Table* tables, const Picks* picks,
                           std::size_t positions, std::size_t stride, float* y) {
  const Floats d;
  for (std::size_t p = 0; p < positions; ++p, y += stride) {
    const float* rows[kTables];
    for (std::size_t t = 0; t < kTables; ++t) {
      rows[t] = tables[t].rows.data() + picks[t][p] * stride;
    }
    for (std::size_t c = 0; c < stride; c += kLanes) {
      Float sum = hn::Load(d, rows[0] + c);
      for (std::size_t t = 1; t < kTables; ++t) {
        sum = hn::Add(sum, hn::Load(d, rows[t] + c));
      }
      hn::Store(kAdd ? hn::Add(hn::Load(d, y + c), sum) : sum, d, y + c);
    }
  }
}

/// Positions [codes, codes + positions), at most kPicked of them. Two or three tables at a time.
inline void stem_run(const PackedStem& layer, const core::Code* codes, std::size_t positions,
                     float* y) {
  const std::size_t stride = layer.units * kUnit;
  const core::Code* const first = codes - layer.kernel / 2;
  const std::size_t count = layer.tables.size();
  Picks picks[3];
  for (std::size_t t = 0; t < count;) {
    const PackedStem::Table* const tables = layer.tables.data() + t;
    const std::size_t together = count - t < 3 ? count - t : 3;
    for (std::size_t i = 0; i < together; ++i) {
      pick_rows(tables[i], layer.codes, first + tables[i].first, positions, picks[i]);
    }
    if (t == 0) {
      together == 1   ? add_picked<1, false>(tables, picks, positions, stride, y)
      : together == 2 ? add_picked<2, false>(tables, picks, positions, stride, y)
                      : add_picked<3, false>(tables, picks, positions, stride, y);
    } else {
      together == 1   ? add_picked<1, true>(tables, picks, positions, stride, y)
      : together == 2 ? add_picked<2, true>(tables, picks, positions, stride, y)
                      : add_picked<3, true>(tables, picks, positions, stride, y);
    }
    t += together;
  }
}

inline void stem(const PackedStem& layer, const core::Code* codes, std::size_t positions,
                 float* y) {
  for (std::size_t p = 0; p < positions; p += kPicked) {
    stem_run(layer, codes + p, positions - p < kPicked ? positions - p : kPicked,
             y + p * layer.units * kUnit);
  }
}

struct MixRun {
  const PackedDepthwise& layer;
  const float* x;  // the first tap of the first position
  const float* gates;
  float* y;
  std::size_t stride;
};

/// One vector of channels from `channel` on, of kPositions positions: a tap's weights are loaded
/// once for all of them.
template <std::size_t kPositions>
HWY_INLINE void mix_tile(const MixRun& run, std::size_t channel, std::size_t first) {
  const Floats d;
  const std::size_t stride = run.stride;
  const std::size_t at = first * stride + channel;
  const float* weight = run.layer.weight.data() + channel;
  const float* tap = run.x + at;
  const std::size_t step = run.layer.dilation * stride;
  Float sums[kPositions];
  HWY_UNROLL(8)
  for (std::size_t p = 0; p < kPositions; ++p) {
    sums[p] = hn::Load(d, run.layer.bias.data() + channel);
  }
  for (std::size_t k = 0; k < run.layer.kernel; ++k, weight += stride, tap += step) {
    const Float w = hn::Load(d, weight);
    HWY_UNROLL(8)
    for (std::size_t p = 0; p < kPositions; ++p) {
      sums[p] = hn::MulAdd(hn::Load(d, tap + p * stride), w, sums[p]);
    }
  }
  HWY_UNROLL(8)
  for (std::size_t p = 0; p < kPositions; ++p) {
    const Float gate = hn::Load(d, run.gates + at + p * stride);
    hn::Store(hn::Mul(sums[p], gate), d, run.y + at + p * stride);
  }
}

inline void mix_any(const MixRun& run, std::size_t positions) {
  for (std::size_t c = 0; c < run.stride; c += kLanes) {
    std::size_t p = 0;
    for (; p + 8 <= positions; p += 8) {
      mix_tile<8>(run, c, p);
    }
    for (; p < positions; ++p) {
      mix_tile<1>(run, c, p);
    }
  }
}

/// One vector of channels of kPositions positions that lie `step` values apart, as taps do: every
/// input is loaded once.
template <std::size_t kKernel, std::size_t kPositions>
HWY_INLINE void slide_tile(const Float (&weights)[kKernel], Float bias, const float* x,
                           const float* gates, float* y, std::size_t step) {
  const Floats d;
  Float sums[kPositions];
  HWY_UNROLL(8)
  for (std::size_t p = 0; p < kPositions; ++p) {
    sums[p] = bias;
  }
  HWY_UNROLL(20)
  for (std::size_t j = 0; j < kPositions + kKernel - 1; ++j) {
    const Float input = hn::Load(d, x + j * step);
    HWY_UNROLL(8)
    for (std::size_t p = 0; p < kPositions; ++p) {
      if (p <= j && j - p < kKernel) {
        sums[p] = hn::MulAdd(input, weights[j - p], sums[p]);
      }
    }
  }
  HWY_UNROLL(8)
  for (std::size_t p = 0; p < kPositions; ++p) {
    hn::Store(hn::Mul(sums[p], hn::Load(d, gates + p * step)), d, y + p * step);
  }
}

// A tile's sums and a kernel's weights fill the registers.
inline constexpr std::size_t kSlidePositions = kLanes >= 16 ? 8 : 4;

/// Positions a dilation apart are neighbours of a convolution without one.
template <std::size_t kKernel>
HWY_NOINLINE void mix_sliding(const MixRun& run, std::size_t positions) {
  const Floats d;
  const std::size_t dilation = run.layer.dilation;
  const std::size_t step = dilation * run.stride;
  for (std::size_t c = 0; c < run.stride; c += kLanes) {
    Float weights[kKernel];
    HWY_UNROLL(16)
    for (std::size_t k = 0; k < kKernel; ++k) {
      weights[k] = hn::Load(d, run.layer.weight.data() + k * run.stride + c);
    }
    const Float bias = hn::Load(d, run.layer.bias.data() + c);
    for (std::size_t offset = 0; offset < dilation && offset < positions; ++offset) {
      std::size_t at = offset * run.stride + c;
      std::size_t left = (positions - offset + dilation - 1) / dilation;
      for (; left >= kSlidePositions; left -= kSlidePositions, at += kSlidePositions * step) {
        slide_tile<kKernel, kSlidePositions>(weights, bias, run.x + at, run.gates + at, run.y + at,
                                             step);
      }
      for (; left >= 2; left -= 2, at += 2 * step) {
        slide_tile<kKernel, 2>(weights, bias, run.x + at, run.gates + at, run.y + at, step);
      }
      if (left > 0) {
        slide_tile<kKernel, 1>(weights, bias, run.x + at, run.gates + at, run.y + at, step);
      }
    }
  }
}

inline void mix(const PackedDepthwise& layer, const float* x, const float* gates,
                std::size_t positions, float* y) {
  const std::size_t stride = layer.units * kUnit;
  const MixRun run{layer, x - layer.reach() * stride, gates, y, stride};
  switch (layer.kernel) {
    case 3:
      return mix_sliding<3>(run, positions);
    case 5:
      return mix_sliding<5>(run, positions);
    case 7:
      return mix_sliding<7>(run, positions);
    case 9:
      return mix_sliding<9>(run, positions);
    default:
      return mix_any(run, positions);
  }
}

#if HWY_TARGET == HWY_SCALAR
HWY_INLINE Float sums_of_rows(Float (&rows)[1]) {
  return rows[0];
}
#else
/// Within blocks of four lanes: lanes two apart, then neighbours. Of four rows one vector is left,
/// in whose blocks lane i belongs to row i.
HWY_INLINE Float sums_in_blocks(const Float* rows) {
  const Floats d;
  const hn::Repartition<double, Floats> pairs;
  const auto first = hn::BitCast(pairs, hn::Add(hn::InterleaveLower(d, rows[0], rows[1]),
                                                hn::InterleaveUpper(d, rows[0], rows[1])));
  const auto last = hn::BitCast(pairs, hn::Add(hn::InterleaveLower(d, rows[2], rows[3]),
                                               hn::InterleaveUpper(d, rows[2], rows[3])));
  return hn::Add(hn::BitCast(d, hn::InterleaveLower(pairs, first, last)),
                 hn::BitCast(d, hn::InterleaveUpper(pairs, first, last)));
}

/// Blocks half a vector apart: those of `a` are left in the lower half, those of `b` in the upper.
HWY_INLINE Float sum_halves(Float a, Float b) {
  const Floats d;
  return hn::Add(hn::ConcatLowerLower(d, b, a), hn::ConcatUpperUpper(d, b, a));
}

/// A vector whose lane i is the sum of all lanes of rows[i], each in the same order.
HWY_INLINE Float sums_of_rows(const Float (&rows)[4]) {
  return sums_in_blocks(rows);
}
HWY_INLINE Float sums_of_rows(const Float (&rows)[8]) {
  return sum_halves(sums_in_blocks(rows), sums_in_blocks(rows + 4));
}
HWY_INLINE Float sums_of_rows(const Float (&rows)[16]) {
  // Blocks go to their places by swapping neighbours, so the fours in the middle trade places.
  const Float low = sum_halves(sums_in_blocks(rows), sums_in_blocks(rows + 8));
  const Float high = sum_halves(sums_in_blocks(rows + 4), sums_in_blocks(rows + 12));
  return hn::Add(hn::OddEvenBlocks(hn::SwapAdjacentBlocks(high), low),
                 hn::OddEvenBlocks(high, hn::SwapAdjacentBlocks(low)));
}
#endif

/// LayerNorm of a few dozen rows, step by step for all of them, so that no step waits for the one
/// before. kStride is the rows' width where the compiler knows it, and they have no channels to
/// leave out; or 0.
template <std::size_t kStride>
class NormRows {
 public:
  static constexpr std::size_t kMost = 4 * kLanes;

  NormRows(const PackedNorm& layer, const float* x, std::size_t rows)
      : layer_(layer),
        x_(x),
        rows_(rows),
        stride_(kStride > 0 ? kStride : layer.weight.size()),
        per_channel_(1.0F / static_cast<float>(layer.channels)) {}

  HWY_INLINE void measure() {
    const Floats d;
    for (std::size_t first = 0; first < rows_; first += kLanes) {
      const auto sums =
          of_rows(first, [this](const float* row, std::size_t) HWY_ATTR { return sum(row); });
      hn::Store(hn::Mul(sums, hn::Set(d, per_channel_)), d, means_ + first);
    }
    for (std::size_t first = 0; first < rows_; first += kLanes) {
      constexpr float kEpsilon = 1e-5F;
      const auto squares = of_rows(first, [this](const float* row, std::size_t r)
                                              HWY_ATTR { return squares_about(row, means_[r]); });
      const Float variance = hn::MulAdd(squares, hn::Set(d, per_channel_), hn::Set(d, kEpsilon));
      hn::Store(hn::Div(hn::Set(d, 1.0F), hn::Sqrt(variance)), d, scales_ + first);
    }
  }

  HWY_INLINE void write(float* y) const {
    constexpr std::size_t kColumns = kStride > 0 && kStride / kLanes <= 4 ? kStride / kLanes : 1;
    const Floats d;
    for (std::size_t first = 0; first < stride_; first += kColumns * kLanes) {
      Float weight[kColumns];
      Float bias[kColumns];
      for (std::size_t v = 0; v < kColumns; ++v) {
        weight[v] = hn::Load(d, layer_.weight.data() + first + v * kLanes);
        bias[v] = hn::Load(d, layer_.bias.data() + first + v * kLanes);
      }
      for (std::size_t r = 0; r < rows_; ++r) {
        const Float mean = hn::Set(d, means_[r]);
        const Float scale = hn::Set(d, scales_[r]);
        for (std::size_t v = 0; v < kColumns; ++v) {
          const std::size_t at = r * stride_ + first + v * kLanes;
          const Float scaled = hn::Mul(hn::Sub(hn::Load(d, x_ + at), mean), scale);
          hn::Store(hn::MulAdd(scaled, weight[v], bias[v]), d, y + at);
        }
      }
    }
  }

 private:
  static constexpr std::size_t kFew = 4;  ///< rows that a short tile has room for

  /// Lane i is the sum of the lanes of reduce(row first + i).
  template <class Reduce>
  HWY_INLINE Float of_rows(std::size_t first, Reduce reduce) const {
    if constexpr (kLanes > kFew) {
      if (rows_ - first <= kFew) {
        return of_tile<kFew>(first, reduce);
      }
    }
    return of_tile<kLanes>(first, reduce);
  }

  /// Past the end the last row goes again: its sums are not used.
  template <std::size_t kRows, class Reduce>
  HWY_INLINE Float of_tile(std::size_t first, Reduce reduce) const {
    Float partial[kLanes];
    HWY_UNROLL(16)
    for (std::size_t i = 0; i < kLanes; ++i) {
      partial[i] = hn::Zero(Floats());
    }
    HWY_UNROLL(16)
    for (std::size_t i = 0; i < kRows; ++i) {
      const std::size_t r = first + i < rows_ ? first + i : rows_ - 1;
      partial[i] = reduce(x_ + r * stride_, r);
    }
    return sums_of_rows(partial);
  }

  /// Channels past the layer's own are zero.
  HWY_INLINE Float sum(const float* row) const {
    const Floats d;
    Float total = hn::Load(d, row);
    for (std::size_t c = kLanes; c < stride_; c += kLanes) {
      total = hn::Add(total, hn::Load(d, row + c));
    }
    return total;
  }

  HWY_INLINE Float squares_about(const float* row, float mean) const {
    const Floats d;
    const Float middle = hn::Set(d, mean);
    const std::size_t channels = kStride > 0 ? kStride : layer_.channels;
    Float total = hn::Zero(d);
    std::size_t c = 0;
    for (; c + kLanes <= channels; c += kLanes) {
      const Float off = hn::Sub(hn::Load(d, row + c), middle);
      total = hn::MulAdd(off, off, total);
    }
    if (c < channels) {
      const Float off =
          hn::IfThenElseZero(hn::FirstN(d, channels - c), hn::Sub(hn::Load(d, row + c), middle));
      total = hn::MulAdd(off, off, total);
    }
    return total;
  }

  const PackedNorm& layer_;
  const float* x_;
  std::size_t rows_;
  std::size_t stride_;
  float per_channel_;
  HWY_ALIGN float means_[kMost];
  HWY_ALIGN float scales_[kMost];
};

template <std::size_t kStride>
HWY_NOINLINE void norm_rows(const PackedNorm& layer, const float* x, std::size_t positions,
                            float* y) {
  constexpr std::size_t kMost = NormRows<kStride>::kMost;
  const std::size_t stride = layer.weight.size();
  for (std::size_t p = 0; p < positions; p += kMost) {
    const std::size_t rows = positions - p < kMost ? positions - p : kMost;
    NormRows<kStride> group(layer, x + p * stride, rows);
    group.measure();
    group.write(y + p * stride);
  }
}

inline void norm(const PackedNorm& layer, const float* x, std::size_t positions, float* y) {
  constexpr std::size_t kUsual = 64;
  if (layer.channels == kUsual) {
    norm_rows<kUsual>(layer, x, positions, y);
  } else {
    norm_rows<0>(layer, x, positions, y);
  }
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
