#include "engine/torch/length_ranges.hpp"

#include <torch/types.h>

#include <vector>

namespace vio::engine {

LengthRanges::LengthRanges(const model::LengthSpec& spec, std::size_t n_classes) : spec_(spec) {
  weight_ = register_parameter(
      "weight", torch::zeros({model::length_ranges(spec), static_cast<std::int64_t>(n_classes)}));
}

torch::Tensor LengthRanges::forward(const torch::Tensor& lengths, const torch::Tensor& used) {
  const std::int64_t end = std::int64_t{1} << spec_.range_levels;
  const auto inside = lengths < end;
  const auto counted = used.defined() ? inside.logical_and(used) : inside;
  const auto known = lengths.clamp_max(end - 1);
  std::vector<torch::Tensor> rows;
  for (int level = 0; level < spec_.range_levels; ++level) {
    rows.push_back(known.bitwise_right_shift(level) + model::length_range(spec_, level, 0));
  }
  const auto sum_nc = torch::embedding(weight_, torch::stack(rows, 1)).sum(1);
  return sum_nc * counted.unsqueeze(1).to(torch::kFloat);
}

}  // namespace vio::engine
