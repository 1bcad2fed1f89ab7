#include "engine/reference/head.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/length_features.hpp"

namespace vio::engine::reference {

namespace {

void append_length(const model::LengthSpec& spec, std::int64_t length, bool whole,
                   std::vector<float>& features) {
  std::array<float, model::kLengthFeatures> extra{};
  if (model::reads_length(spec, whole)) {
    extra = length_features(length);
  }
  features.insert(features.end(), extra.begin(), extra.end());
}

void add_length_ranges(const model::Model& model, std::int64_t length, std::span<float> logits) {
  const auto& spec = model.spec.length;
  if (spec.range_levels == 0 || length >> spec.range_levels > 0) {
    return;
  }
  const auto weight = model.values("length_ranges.weight");
  for (int level = 0; level < spec.range_levels; ++level) {
    const auto row = static_cast<std::size_t>(model::length_range(spec, level, length));
    for (std::size_t k = 0; k < logits.size(); ++k) {
      logits[k] += weight[row * logits.size() + k];
    }
  }
}

/// Looks at every stretch of a word's length on its own, unlike model::WordLogits.
void add_words(const model::Model& model, std::span<const core::Code> codes,
               std::span<float> logits) {
  const auto length = static_cast<std::size_t>(model.spec.words.length);
  const auto symbols = static_cast<std::size_t>(model.spec.alphabet.size());
  const auto weight = model.values("words.weight");
  std::vector<double> sums(logits.size());
  std::size_t count = 0;
  for (std::size_t begin = 0; begin + length <= codes.size(); ++begin) {
    const auto word = codes.subspan(begin, length);
    if (std::ranges::any_of(word, [&](core::Code code) { return code >= symbols; })) {
      continue;
    }
    const auto row = std::accumulate(
        word.begin(), word.end(), std::size_t{0},
        [&](std::size_t digits, core::Code code) { return digits * symbols + code; });
    for (std::size_t k = 0; k < sums.size(); ++k) {
      sums[k] += weight[row * sums.size() + k];
    }
    ++count;
  }
  for (std::size_t k = 0; k < sums.size() && count > 0; ++k) {
    logits[k] += static_cast<float>(sums[k] / static_cast<double>(count));
  }
}

void softmax(std::span<const float> logits, std::span<float> probabilities) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  double total = 0.0;
  for (const float logit : logits) {
    total += std::exp(logit - largest);
  }
  std::transform(logits.begin(), logits.end(), probabilities.begin(), [&](float logit) {
    return static_cast<float>(std::exp(logit - largest) / total);
  });
}

}  // namespace

void classify(const model::Model& model, std::vector<float> pooled,
              std::span<const core::Code> codes, bool whole, std::span<float> probabilities) {
  const auto length = static_cast<std::int64_t>(codes.size());
  const auto& spec = model.spec;
  std::vector<float> features = std::move(pooled);
  if (spec.head.norm) {
    layer_norm(Layer(model, "head_norm"), features, features);
  }
  if (spec.length.enabled) {
    append_length(spec.length, length, whole, features);
  }
  if (spec.head.hidden > 0) {
    std::vector<float> hidden(static_cast<std::size_t>(spec.head.hidden));
    linear(Layer(model, "hidden"), features, hidden);
    std::transform(hidden.begin(), hidden.end(), hidden.begin(),
                   [](float value) { return std::max(value, 0.0F); });
    features = std::move(hidden);
  }
  std::vector<float> logits(spec.classes.size());
  linear(Layer(model, "classifier"), features, logits);
  if (model::reads_length(spec.length, whole)) {
    add_length_ranges(model, length, logits);
  }
  if (spec.words.length > 0) {
    add_words(model, codes, logits);
  }
  softmax(logits, probabilities);
}

}  // namespace vio::engine::reference
