#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include "vio/model/spec.hpp"
namespace vio::engine {
/// ln L - 5.5; then sin, cos of 2 pi L / 2^k for k = 1..11; then L / 500 - 0.7.
[[nodiscard]] inline std::array<float, model::kLengthFeatures> length_features(
    std::int64_t length) {
  constexpr int kWaves = (model::kLengthFeatures - 2) / 2;
  const auto positions = static_cast<double>(length);
  std::array<float, model::kLengthFeatures> features{};
  auto* out = features.data();
  *out++ = static_cast<float>(std::log(positions) - 5.5);
  for (int k = 1; k <= kWaves; ++k) {
    const double angle = 2.0 * std::numbers::pi * positions / std::exp2(k);
    *out++ = static_cast<float>(std::sin(angle));
    *out++ = static_cast<float>(std::cos(angle));
  }
  *out = static_cast<float>(positions / 500.0 - 0.7);
  return features;
}
}  // namespace vio::engine
