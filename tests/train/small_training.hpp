#pragma once

#include <algorithm>
#include <cmath>
#include <random>

#include "catch.hpp"
#include "vio/train/trainer.hpp"

namespace vio::test {

/// VIO-S in small.
inline model::Spec small_residual_spec() {
  auto spec = model::vio_s_spec({"at", "gc"});
  spec.channels = 8;
  spec.stem_kernel = 3;
  spec.blocks.resize(2);
  for (auto& block : spec.blocks) {
    block.width = 8;
    block.kernel = 3;
  }
  spec.head.hidden = 8;
  return spec;
}

/// Random sequences; class 0 is AT-rich, class 1 GC-rich. One row in `rare` is of class 1.
inline train::Dataset random_rows(std::size_t rows, std::uint32_t seed, std::size_t rare = 2) {
  std::mt19937 random(seed);
  train::Dataset data;
  for (std::size_t row = 0; row < rows; ++row) {
    const int label = row % rare == 0 ? 1 : 0;
    std::vector<core::Code> codes(16 + random() % 30);
    for (auto& code : codes) {
      const bool gc = (random() % 4 == 0) != (label == 1);
      code = static_cast<core::Code>(gc ? 1 + random() % 2 : 3 * (random() % 2));
    }
    data.sequences.push_back(std::move(codes));
    data.labels.push_back(label);
  }
  return data;
}

inline double largest_difference(const model::TensorMap& a, const model::TensorMap& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (const auto& [name, tensor] : a) {
    const auto& other = b.find(name)->second;
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      REQUIRE(std::isfinite(tensor.values[i]));
      REQUIRE(std::isfinite(other.values[i]));
      largest = std::max(largest, std::abs(double{tensor.values[i]} - double{other.values[i]}));
    }
  }
  return largest;
}

inline train::FitOptions small_vio_recipe(int epochs, int threads) {
  auto options = train::vio_recipe();
  options.compute = {.device = "cpu", .threads = threads, .batch_size = 8};
  options.epochs = epochs;
  options.learning_rate = 0.01;
  return options;
}

}  // namespace vio::test
