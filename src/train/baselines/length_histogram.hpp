#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "vio/train/dataset.hpp"

namespace vio::train {

/// Class frequencies among training rows of like length: those of exactly this length, smoothed
/// towards those of ever wider ranges of lengths, and at last towards those of all rows.
class LengthHistogram {
 public:
  /// `smoothing` is the number of rows that the wider range counts as.
  LengthHistogram(const Dataset& training, std::size_t n_classes, double smoothing);

  void predict(std::size_t length, std::span<float> probabilities) const;

 private:
  using Counts = std::vector<double>;  ///< of the classes, then of all

  double smoothing_;
  unsigned levels_ = 0;
  Counts all_;
  std::unordered_map<std::uint64_t, Counts> ranges_;
};

}  // namespace vio::train
