#pragma once

#include "vio/model/model.hpp"
#include "vio/train/dataset.hpp"

namespace vio::train {

/// How the words of a model whose network is trained are fitted.
struct WordFit {
  double share = 0.4;  ///< of the logits that are the words', from 0 to below 1
  int threads = 1;     ///< does not change the result
};

/// Throws core::UsageError for a share out of range, and for words that are too many to be fitted.
void check_words(const model::Spec& spec, double share);

/// Adds words.weight to the tensors of a network of `spec`, which has words: a multinomial logistic
/// regression over the frequencies of words and of what they begin with, down to one symbol, fitted
/// on the rows apart from the network. The logits of the two are then mixed, so their
/// probabilities' geometric mean, weighted with `share`, is what the model says. Where there are
/// more rows than can be fitted in seconds, a part of them.
void add_words(const model::Spec& spec, model::TensorMap& tensors, const Dataset& rows,
               const WordFit& fit);

/// The same with words that say nothing, for a network that was stopped.
void add_silent_words(const model::Spec& spec, model::TensorMap& tensors);

}  // namespace vio::train
