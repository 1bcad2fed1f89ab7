#include "vio/annotate/distribution.hpp"

#include <algorithm>

namespace vio::annotate {

namespace {

constexpr Millionths kBinWidth = 20'000;

}  // namespace

void Distribution::add(Millionths value) noexcept {
  const auto last = static_cast<std::int64_t>(counts.size()) - 1;
  const auto offset = static_cast<std::int64_t>(value) - begin;
  const auto bin = offset < 0 ? 0 : std::min(last, offset / width);
  ++counts[static_cast<std::size_t>(bin)];
  minimum = n == 0 ? value : std::min(minimum, value);
  maximum = n == 0 ? value : std::max(maximum, value);
  sum += value;
  ++n;
}

void Distribution::merge(const Distribution& other) noexcept {
  if (other.n == 0) return;
  std::ranges::transform(counts, other.counts, counts.begin(), std::plus<>());
  minimum = n == 0 ? other.minimum : std::min(minimum, other.minimum);
  maximum = n == 0 ? other.maximum : std::max(maximum, other.maximum);
  sum += other.sum;
  n += other.n;
}

Distribution score_distribution() {
  constexpr std::size_t kBins = 50;
  Distribution distribution;
  distribution.width = kBinWidth;
  distribution.counts.resize(kBins);
  return distribution;
}

Distribution delta_distribution() {
  constexpr std::size_t kBins = 101;
  Distribution distribution;
  distribution.begin = -static_cast<Millionths>(kBins) * kBinWidth / 2;
  distribution.width = kBinWidth;
  distribution.counts.resize(kBins);
  return distribution;
}

}  // namespace vio::annotate
