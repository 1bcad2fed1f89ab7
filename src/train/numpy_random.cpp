#include "train/numpy_random.hpp"

#include <limits>
#include <numeric>

namespace vio::train {

std::uint64_t NumpyRandom::interval(std::uint64_t most) {
  if (most == 0) {
    return 0;
  }
  std::uint64_t mask = most;
  for (unsigned shift = 1; shift < 64; shift *= 2) {
    mask |= mask >> shift;
  }
  const bool narrow = most <= std::numeric_limits<std::uint32_t>::max();
  while (true) {
    std::uint64_t value = engine_();
    if (!narrow) {
      value = (value << 32) | engine_();
    }
    if ((value & mask) <= most) {
      return value & mask;
    }
  }
}

std::vector<std::size_t> NumpyRandom::permutation(std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(std::span(order));
  return order;
}

}  // namespace vio::train
