#include "train/baselines/length_histogram.hpp"

#include <algorithm>
#include <bit>

#include "train/baselines/features.hpp"

namespace vio::train {

LengthHistogram::LengthHistogram(const Dataset& training, std::size_t n_classes, double smoothing)
    : smoothing_(smoothing), all_(n_classes + 1) {
  for (const auto& codes : training.sequences) {
    levels_ = std::max(levels_, static_cast<unsigned>(std::bit_width(codes.size())));
  }
  const auto count = [&](Counts& counts, int label) {
    counts.resize(n_classes + 1);
    counts[static_cast<std::size_t>(label)] += 1;
    counts.back() += 1;
  };
  for (std::size_t row = 0; row < training.size(); ++row) {
    count(all_, training.labels[row]);
    for (unsigned level = 0; level < levels_; ++level) {
      count(ranges_[length_range(training.sequences[row].size(), level)], training.labels[row]);
    }
  }
}

void LengthHistogram::predict(std::size_t length, std::span<float> probabilities) const {
  const auto n_classes = all_.size() - 1;
  std::vector<double> p(n_classes, 1.0 / static_cast<double>(n_classes));
  const auto sharpen = [&](const Counts& counts, double smoothing) {
    for (std::size_t k = 0; k < n_classes; ++k) {
      p[k] = (counts[k] + smoothing * p[k]) / (counts.back() + smoothing);
    }
  };
  sharpen(all_, static_cast<double>(n_classes));
  for (unsigned level = levels_; level-- > 0;) {
    if (const auto found = ranges_.find(length_range(length, level)); found != ranges_.end()) {
      sharpen(found->second, smoothing_);
    }
  }
  std::ranges::transform(p, probabilities.begin(), [](double x) { return static_cast<float>(x); });
}

}  // namespace vio::train
