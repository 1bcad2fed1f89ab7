#include "vio/annotate/probability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vio::annotate {

namespace {
constexpr std::int64_t kMillion = 1'000'000;
}  // namespace

Millionths to_millionths(double probability) noexcept {
  return static_cast<Millionths>(std::llround(probability * static_cast<double>(kMillion)));
}

void append_millionths(std::string& out, Millionths value) {
  const std::int64_t magnitude = std::abs(static_cast<std::int64_t>(value));
  fmt::format_to(std::back_inserter(out), "{}{}.{:06}", value < 0 ? "-" : "", magnitude / kMillion,
                 magnitude % kMillion);
}

std::size_t top_class(std::span<const Millionths> probabilities) noexcept {
  return static_cast<std::size_t>(std::ranges::max_element(probabilities) - probabilities.begin());
}

std::int64_t entropy_millionths(std::span<const double> probabilities) noexcept {
  double bits = 0;
  for (const double p : probabilities) {
    if (p > 0) {
      bits -= p * std::log2(p);
    }
  }
  return std::max<std::int64_t>(0, std::llround(bits * static_cast<double>(kMillion)));
}

}  // namespace vio::annotate
