#pragma once

#include <string>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// What a simple classifier, made from the training rows alone, says about the test rows.
struct Baseline {
  std::string name;         ///< majority class, length alone, k-mers and length
  std::string description;  ///< what it is and what was chosen for it
  Predictions predictions;
  double seconds = 0;  ///< of training and predicting
};

/// The three, in that order of strength. What they choose is chosen inside the training rows. The
/// same rows give the same predictions, in whatever order and with any number of threads.
[[nodiscard]] std::vector<Baseline> run_baselines(const Dataset& training, const Dataset& test,
                                                  const core::Alphabet& alphabet,
                                                  std::size_t n_classes, int threads);

}  // namespace vio::train
