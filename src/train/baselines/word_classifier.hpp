#pragma once

#include "train/baselines/sequence_classifier.hpp"

namespace vio::train {

/// Multinomial logistic regression over the frequencies of words of up to six symbols and ranges of
/// lengths, with an L2 penalty whose strength is the best of several on a fifth of the training
/// rows. Where there are more training rows than it could take in seconds, a part of them, drawn
/// once and named in the description.
[[nodiscard]] SequenceClassifier word_classifier(const Dataset& training,
                                                 const core::Alphabet& alphabet,
                                                 std::size_t n_classes, int threads);

}  // namespace vio::train
