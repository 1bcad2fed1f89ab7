#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "engine/fused/kernels.hpp"
#include "model/random_model.hpp"

/// Random inputs of kernels, and what their tests compare with: formulas in double precision, and
/// bounds of what float32 may be off.
namespace vio::test {

using engine::fused::AlignedVector;
using engine::fused::Kernels;

/// Relative error of one rounded operation in float32.
inline constexpr double kRounding = 0x1p-24;

/// Of n roundings in a row.
inline double roundings(std::size_t count) {
  return 1.01 * kRounding * static_cast<double>(count);
}

inline std::vector<float> random_values(std::mt19937& random, std::size_t size,
                                        float deviation = 1.0F) {
  std::normal_distribution<float> normal(0.0F, deviation);
  std::vector<float> values(size);
  std::generate(values.begin(), values.end(), [&] { return normal(random); });
  return values;
}

/// Rows [positions, stride] of features: the channels past the layer's own are zero.
struct Rows {
  Rows(std::size_t row_count, std::size_t channel_count)
      : positions(row_count),
        channels(channel_count),
        stride(engine::fused::padded(channel_count)),
        values(row_count * stride) {}

  [[nodiscard]] const float* row(std::size_t position) const {
    return values.data() + position * stride;
  }
  [[nodiscard]] float* row(std::size_t position) { return values.data() + position * stride; }
  [[nodiscard]] double at(std::size_t position, std::size_t channel) const {
    return values[position * stride + channel];
  }

  std::size_t positions;
  std::size_t channels;
  std::size_t stride;
  AlignedVector<float> values;
};

inline Rows random_rows(std::mt19937& random, std::size_t positions, std::size_t channels,
                        float deviation = 1.0F) {
  Rows rows(positions, channels);
  for (std::size_t p = 0; p < positions; ++p) {
    std::ranges::copy(random_values(random, channels, deviation), rows.row(p));
  }
  return rows;
}

inline bool same_bits(const Rows& a, const Rows& b) {
  return a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(float)) == 0;
}

/// The channels past the layer's own are exactly zero, as the next layer reads them.
inline bool padding_is_zero(const Rows& rows) {
  for (std::size_t p = 0; p < rows.positions; ++p) {
    for (std::size_t c = rows.channels; c < rows.stride; ++c) {
      if (rows.at(p, c) != 0.0) {
        return false;
      }
    }
  }
  return true;
}

/// Calls work(first, count) for runs that cover [0, positions): one by one, then of random lengths.
/// Whatever the runs, a position's bits must be the same.
template <typename Work>
void for_each_run(std::mt19937& random, std::size_t positions, bool one_by_one, Work work) {
  for (std::size_t first = 0; first < positions;) {
    const auto left = static_cast<int>(positions - first);
    const auto count = static_cast<std::size_t>(one_by_one ? 1 : between(random, 1, left));
    work(first, count);
    first += count;
  }
}

/// A model that holds nothing but the tensors that a test packs.
inline model::Model tensors_only(model::TensorMap tensors) {
  model::Model model;
  model.tensors = std::move(tensors);
  return model;
}

/// The largest of |got - expected| / allowed over the values that `visit(check)` reports as
/// check(got, expected, allowed): at most 1 where all are within bounds.
template <typename Visit>
double worst_excess(Visit visit) {
  double worst = 0;
  visit([&](double got, double expected, double allowed) {
    const double excess = std::abs(got - expected) / allowed;
    worst = std::isnan(excess) ? std::numeric_limits<double>::infinity() : std::max(worst, excess);
  });
  return worst;
}

}  // namespace vio::test
