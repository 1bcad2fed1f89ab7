#include "vio/model/word_logits.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vio::model {

namespace {

constexpr std::size_t kVector = 4;
constexpr std::size_t kMostAtOnce = 4 * kVector;
/// Words summed in float, which is faster, before their sum goes to double.
constexpr std::size_t kBlock = 64;
constexpr float kSmallest = 1e-37F;  ///< of a probability, so that it has a logarithm

/// Sums of `n` columns of the words' rows, which stay in registers. Returns the number of words.
template <std::size_t n>
std::size_t sum_columns(const WordRows& words, std::span<const core::Code> codes,
                        const float* columns, std::size_t stride,
                        std::array<double, kMostAtOnce>& sums) {
  std::array<float, n> block{};
  std::size_t count = 0;
  const auto flush = [&] {
    for (std::size_t k = 0; k < n; ++k) {
      sums[k] += static_cast<double>(block[k]);
    }
    block = {};
  };
  words.for_each(codes, [&](std::size_t row) {
    const float* const values = columns + row * stride;
    for (std::size_t k = 0; k < n; ++k) {
      block[k] += values[k];
    }
    if (++count % kBlock == 0) {
      flush();
    }
  });
  flush();
  return count;
}

using SumColumns = std::size_t (*)(const WordRows&, std::span<const core::Code>, const float*,
                                   std::size_t, std::array<double, kMostAtOnce>&);
constexpr std::array<SumColumns, kMostAtOnce / kVector> kSumColumns{
    sum_columns<kVector>, sum_columns<2 * kVector>, sum_columns<3 * kVector>,
    sum_columns<4 * kVector>};

}  // namespace

WordRows::WordRows(int length, std::size_t symbols)
    : length_(static_cast<std::size_t>(length)), symbols_(symbols) {
  for (std::size_t i = 1; i < length_; ++i) {
    first_digit_ *= symbols_;
  }
}

bool WordRows::any(std::span<const core::Code> codes) const noexcept {
  std::size_t known = 0;
  return std::ranges::any_of(codes, [&](core::Code code) {
    known = code < symbols_ ? known + 1 : 0;
    return known == length_;
  });
}

WordLogits::WordLogits(const Spec& spec, std::span<const float> weights)
    : rows_(spec.words.length, static_cast<std::size_t>(spec.alphabet.size())),
      classes_(spec.classes.size()),
      stride_((classes_ + kVector - 1) / kVector * kVector) {
  weights_.resize(weights.size() / classes_ * stride_);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights_[i / classes_ * stride_ + i % classes_] = weights[i];
  }
}

void WordLogits::add_to_logits(std::span<const core::Code> codes, std::span<float> logits) const {
  for (std::size_t first = 0; first < stride_; first += kMostAtOnce) {
    const auto columns = std::min(kMostAtOnce, stride_ - first);
    std::array<double, kMostAtOnce> sums{};
    const auto count =
        kSumColumns[columns / kVector - 1](rows_, codes, &weights_[first], stride_, sums);
    const auto divisor = static_cast<double>(std::max<std::size_t>(count, 1));
    for (std::size_t k = first; k < std::min(classes_, first + columns); ++k) {
      logits[k] += static_cast<float>(sums[k - first] / divisor);
    }
  }
}

void WordLogits::add_to_probabilities(std::span<const core::Code> codes,
                                      std::span<float> probabilities) const {
  if (!rows_.any(codes)) {
    return;
  }
  std::ranges::transform(probabilities, probabilities.begin(),
                         [](float p) { return std::log(std::max(p, kSmallest)); });
  add_to_logits(codes, probabilities);
  const double highest = *std::ranges::max_element(probabilities);
  double total = 0;
  for (const float logit : probabilities) {
    total += std::exp(logit - highest);
  }
  std::ranges::transform(probabilities, probabilities.begin(), [&](float logit) {
    return static_cast<float>(std::exp(logit - highest) / total);
  });
}

}  // namespace vio::model
