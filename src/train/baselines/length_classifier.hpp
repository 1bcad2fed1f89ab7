#pragma once

#include "train/baselines/sequence_classifier.hpp"

namespace vio::train {

/// Reads nothing but the length: the best, by five-fold cross-validated log-loss, of length
/// histograms of several smoothings and linear models over ranges of lengths of several strengths.
[[nodiscard]] SequenceClassifier length_classifier(const Dataset& training, std::size_t n_classes,
                                                   int threads);

}  // namespace vio::train
