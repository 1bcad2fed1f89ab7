#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vio::train {

/// Rows of few features that are not 0.
struct SparseRows {
  std::vector<std::size_t> begins{0};   ///< [rows + 1], into the other two
  std::vector<std::uint32_t> features;  ///< each once a row, in any order
  std::vector<float> values;

  [[nodiscard]] std::size_t size() const noexcept { return begins.size() - 1; }
  void push(std::size_t feature, float value) {
    features.push_back(static_cast<std::uint32_t>(feature));
    values.push_back(value);
  }
  /// What was pushed since the last row is the next one.
  void end_row() { begins.push_back(features.size()); }
};

/// softmax(W x + b), fitted by the mean of -ln p(truth) + strength / 2 |W|^2, whose minimum is one.
class LinearModel {
 public:
  /// All weights 0.
  LinearModel(std::size_t n_features, std::size_t n_classes);

  /// Goes on from the weights that it has. The result does not depend on `threads`.
  void fit(const SparseRows& rows, std::span<const int> labels, double strength, int threads);

  /// Probabilities of one row of `rows`.
  void predict(const SparseRows& rows, std::size_t row, std::span<float> probabilities) const;

  /// W of a class, and b in the last entry.
  [[nodiscard]] std::vector<float> weights_of(std::size_t one_class) const;

 private:
  std::size_t n_features_;
  std::size_t n_classes_;
  std::size_t stride_;           ///< classes, rounded up to whole vectors
  std::vector<double> weights_;  ///< [features, then the bias; stride]
};

}  // namespace vio::train
