#include "models/growth.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "models/resources.hpp"
#include "train/random.hpp"

namespace vio::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLeastRepetitions = 5;
constexpr std::size_t kWarmLength = 32;
constexpr std::uint64_t kSymbols = 4;

train::Dataset random_windows(std::size_t length, std::size_t windows) {
  train::Random random{length, windows};
  train::Dataset data;
  for (std::size_t i = 0; i < windows; ++i) {
    std::vector<core::Code> codes(length);
    for (auto& code : codes) {
      code = static_cast<core::Code>(random.below(kSymbols));
    }
    data.sequences.push_back(std::move(codes));
    data.labels.push_back(0);
  }
  return data;
}

std::vector<double> sorted_times(WindowScorer& scorer, double seconds) {
  std::vector<double> times;
  double total = 0;
  while (times.size() < kLeastRepetitions || total < seconds) {
    const auto start = Clock::now();
    scorer.score();
    times.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    total += times.back();
  }
  std::ranges::sort(times);
  return times;
}

}  // namespace

GrowthPoint measure_growth(WindowScorer& scorer, std::size_t length, std::size_t positions,
                           double seconds) {
  GrowthPoint point;
  point.length = length;
  point.windows = std::max<std::size_t>(positions / length, 1);
  // Code that is loaded when it is first called is no part of what a batch needs.
  scorer.take(random_windows(kWarmLength, 1));
  scorer.score();
  scorer.take(random_windows(length, point.windows));
  const double before = resident_mib();
  scorer.score();
  point.memory_mib = std::max(0.0, peak_resident_mib() - before);
  const auto times = sorted_times(scorer, seconds);
  point.repetitions = times.size();
  point.seconds = times.front();
  point.median_seconds = times[times.size() / 2];
  return point;
}

}  // namespace vio::bench
