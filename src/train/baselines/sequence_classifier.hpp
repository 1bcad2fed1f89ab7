#pragma once

#include <functional>
#include <span>
#include <string>

#include "vio/core/alphabet.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// A trained baseline; may be called from several threads.
struct SequenceClassifier {
  std::string description;  ///< what it is and what was chosen for it
  std::function<void(std::span<const core::Code> codes, std::span<float> probabilities)> classify;
};

/// Probabilities of every row.
[[nodiscard]] Predictions classify_rows(const SequenceClassifier& classifier, const Dataset& rows,
                                        std::size_t n_classes, int threads);

}  // namespace vio::train
