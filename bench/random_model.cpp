#include "bench/random_model.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace vio::bench {

model::Model random_model(const model::Spec& spec) {
  model::validate(spec);
  model::Model model;
  model.spec = spec;
  for (const auto& [name, shape] : model::tensor_shapes(spec)) {
    const auto inputs =
        std::accumulate(shape.begin() + 1, shape.end(), 1.0, std::multiplies<double>());
    const auto count = static_cast<std::size_t>(inputs * static_cast<double>(shape[0]));
    const bool scale = name.find("norm.weight") != std::string::npos;
    std::mt19937 random(7);
    std::normal_distribution<float> normal(0.0F, static_cast<float>(1 / std::sqrt(inputs)));
    std::vector<float> values(count);
    std::ranges::generate(values, [&] { return scale ? 1.0F : normal(random); });
    model.tensors[name] = {shape, std::move(values)};
  }
  return model;
}

}  // namespace vio::bench
