#pragma once

#include <span>
#include <vector>

#include "train/classifier.hpp"
#include "train/fit_data.hpp"

namespace vio::bench {

/// A short training with one learning rate, measured on the validation rows.
struct Trial {
  double rate = 0;
  double accuracy = 0;
  double macro_f1 = 0;
  double log_loss = 0;
};

/// Trains on `parts.train` once with each of `rates`; `options` gives everything else.
[[nodiscard]] std::vector<Trial> try_rates(const train::Trainable& trainable,
                                           const train::Parts& parts,
                                           const train::FitOptions& options,
                                           std::span<const double> rates);

/// The rate of the trial with the lowest log loss; there must be one.
[[nodiscard]] double best_rate(std::span<const Trial> trials);

}  // namespace vio::bench
