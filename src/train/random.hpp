#pragma once

#include <cstdint>
#include <initializer_list>

namespace vio::train {

/// SplitMix64: a generator whose seeding costs nothing, so that every row of every epoch can have
/// one of its own. The same numbers with every standard library.
class Random {
 public:
  /// One stream for every list of numbers.
  explicit Random(std::initializer_list<std::uint64_t> seed) {
    for (const auto part : seed) {
      state_ = next() ^ part;
    }
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    auto z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  /// In [0, 1).
  double uniform() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
  /// In [0, n), n below 2^32; the bias of at most n / 2^64 is nobody's concern.
  std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
  }

 private:
  std::uint64_t state_ = 0;
};

}  // namespace vio::train
