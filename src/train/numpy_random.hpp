#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace vio::train {

/// The part of NumPy's legacy RandomState that splitting and shuffling need, draw for draw. Unlike
/// the distributions of <random>, it gives the same numbers with every standard library.
class NumpyRandom {
 public:
  explicit NumpyRandom(std::uint32_t seed) : engine_(seed) {}

  /// A whole number in [0, most], by masked rejection.
  [[nodiscard]] std::uint64_t interval(std::uint64_t most);

  /// Fisher-Yates from the end.
  template <typename T>
  void shuffle(std::span<T> values) {
    for (std::size_t i = values.size(); i-- > 1;) {
      std::swap(values[i], values[interval(i)]);
    }
  }

  /// 0 .. n-1 in shuffled order.
  [[nodiscard]] std::vector<std::size_t> permutation(std::size_t n);

 private:
  std::mt19937 engine_;
};

}  // namespace vio::train
