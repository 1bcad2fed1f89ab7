#include "engine/fused/head.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/length_features.hpp"

namespace vio::engine::fused {

namespace {

/// `powers` has room for one a class.
void softmax(std::span<const float> logits, std::span<double> powers,
             std::span<float> probabilities) {
  const double largest = *std::ranges::max_element(logits);
  std::ranges::transform(logits, powers.begin(),
                         [&](float logit) { return std::exp(logit - largest); });
  const double total = std::accumulate(powers.begin(), powers.end(), 0.0);
  std::ranges::transform(powers, probabilities.begin(),
                         [&](double power) { return static_cast<float>(power / total); });
}

/// The rows of all ranges that hold a length, added up once: [lengths below 2^n, classes].
std::vector<float> length_logits(const model::Model& model) {
  const auto& spec = model.spec.length;
  if (spec.range_levels == 0) {
    return {};
  }
  const auto classes = model.spec.classes.size();
  const auto weight = model.values("length_ranges.weight");
  const auto lengths = std::size_t{1} << static_cast<unsigned>(spec.range_levels);
  std::vector<float> logits(lengths * classes);
  for (std::size_t length = 0; length < lengths; ++length) {
    for (int level = 0; level < spec.range_levels; ++level) {
      const auto row = static_cast<std::size_t>(
          model::length_range(spec, level, static_cast<std::int64_t>(length)));
      for (std::size_t k = 0; k < classes; ++k) {
        logits[length * classes + k] += weight[row * classes + k];
      }
    }
  }
  return logits;
}

}  // namespace

Head::Head(const model::Model& model)
    : length_(model.spec.length),
      pooled_(static_cast<std::size_t>(model::pooled_features(model.spec))),
      row_stride_(padded(padded(pooled_) + model::kLengthFeatures)),
      classes_(model.spec.classes.size()),
      classifier_(pack_linear(model, "classifier")),
      length_logits_(length_logits(model)) {
  if (model.spec.head.norm) {
    norm_.push_back(pack_norm(model, "head_norm"));
  }
  if (model.spec.head.hidden > 0) {
    hidden_.push_back(pack_linear(model, "hidden"));
  }
}

void Head::add_length(const WindowFacts& window, float* features) const {
  if (model::reads_length(length_, window.whole)) {
    const auto values = length_features(window.length);
    std::ranges::copy(values, features);
  }
}

void Head::add_ranges(const WindowFacts& window, std::span<float> logits) const {
  const auto length = static_cast<std::size_t>(window.length);
  if (!model::reads_length(length_, window.whole) ||
      (length + 1) * classes_ > length_logits_.size()) {
    return;
  }
  const auto row = std::span(length_logits_).subspan(length * classes_, classes_);
  std::ranges::transform(logits, row, logits.begin(), std::plus());
}

void Head::classify(const Kernels& kernels, std::span<const WindowFacts> windows, Scratch& scratch,
                    std::span<float> probabilities) const {
  const auto count = windows.size();
  for (std::size_t i = 0; i < count; ++i) {
    float* const row = scratch.rows.data() + i * row_stride_;
    for (const auto& norm : norm_) {
      kernels.norm(norm, row, 1, row);
    }
    add_length(windows[i], row + pooled_);
  }
  const float* features = scratch.rows.data();
  std::size_t stride = row_stride_;
  for (const auto& hidden : hidden_) {
    scratch.hidden.resize(count * hidden.units * kUnit);
    kernels.linear(hidden, features, stride, count, scratch.hidden.data());
    for (auto& value : scratch.hidden) {
      value = std::max(value, 0.0F);
    }
    features = scratch.hidden.data();
    stride = hidden.units * kUnit;
  }
  scratch.powers.resize(classes_);
  scratch.logits.resize(count * classifier_.units * kUnit);
  kernels.linear(classifier_, features, stride, count, scratch.logits.data());
  for (std::size_t i = 0; i < count; ++i) {
    const auto logits = std::span(scratch.logits).subspan(i * classifier_.units * kUnit, classes_);
    add_ranges(windows[i], logits);
    softmax(logits, scratch.powers, probabilities.subspan(i * classes_, classes_));
  }
}

}  // namespace vio::engine::fused
