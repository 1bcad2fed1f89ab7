#include "engine/torch/length_features.hpp"

#include <ATen/ops/cat.h>

#include <numbers>
#include <vector>

#include "vio/model/spec.hpp"

namespace vio::engine {

torch::Tensor length_features(const torch::Tensor& lengths, const torch::Tensor& used) {
  constexpr int kWaves = (model::kLengthFeatures - 2) / 2;
  const auto lengths_n1 = lengths.unsqueeze(1);
  const auto positions = lengths_n1.to(torch::kFloat);
  std::vector<torch::Tensor> columns{positions.log() - 5.5};
  for (int k = 1; k <= kWaves; ++k) {
    // The remainder is exact, so the angle is as good for long windows as for short ones.
    const std::int64_t period = std::int64_t{1} << k;
    const auto angle = lengths_n1.remainder(period).to(torch::kFloat) *
                       (2 * std::numbers::pi / static_cast<double>(period));
    columns.push_back(angle.sin());
    columns.push_back(angle.cos());
  }
  columns.push_back(positions / 500.0 - 0.7);
  const auto features = at::cat(columns, 1);
  return used.defined() ? features * used.unsqueeze(1).to(torch::kFloat) : features;
}

}  // namespace vio::engine
