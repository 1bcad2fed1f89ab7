#include "vio/annotate/probability.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace vio::annotate {

namespace {
constexpr std::int64_t kMillion = 1'000'000;
}  // namespace

Millionths to_millionths(double probability) noexcept {
  return static_cast<Millionths>(std::llround(probability * static_cast<double>(kMillion)));
}

void append_millionths(std::string& out, Millionths value) {
  // By hand: dense variants print three an ALT, and a general formatter took 3 % of their time.
  constexpr std::size_t kDecimals = 6;
  std::array<char, 16> text;
  auto rest = static_cast<std::uint32_t>(std::abs(std::int64_t{value}));
  auto at = text.size();
  const auto digit = [&] {
    text[--at] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  };
  for (std::size_t i = 0; i < kDecimals; ++i) {
    digit();
  }
  text[--at] = '.';
  do {
    digit();
  } while (rest > 0);
  if (value < 0) {
    text[--at] = '-';
  }
  out.append(text.data() + at, text.size() - at);
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
