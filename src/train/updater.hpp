#pragma once

#include <torch/types.h>

#include <cstdint>

#include "vio/train/fit_options.hpp"

namespace vio::train {

/// The optimizer, with its schedule, clipping and running average, on all weights as one flat
/// tensor: a dozen operations a step, however many tensors a network has.
class Updater {
 public:
  struct State {
    torch::Tensor moment1;
    torch::Tensor moment2;
    torch::Tensor average;  ///< the parameters themselves where none is kept
    std::uint64_t steps = 0;
  };

  /// `decayed` [parameters] is 1 where weights decay. `total_steps` of the whole training.
  Updater(torch::Tensor parameters, torch::Tensor decayed, const FitOptions& options,
          std::uint64_t total_steps);

  /// One step along `gradient`, which may be scaled in place.
  void step(torch::Tensor& gradient);
  [[nodiscard]] const State& state() const noexcept { return state_; }
  void restore(const State& state);
  /// What to measure and to save: the average, or the weights.
  [[nodiscard]] const torch::Tensor& result() const noexcept { return state_.average; }

 private:
  [[nodiscard]] double rate() const;
  void decay(torch::Tensor& gradient, double rate);
  void update_average();

  torch::Tensor parameters_;
  torch::Tensor decayed_;
  FitOptions options_;
  double total_steps_;
  State state_;
};

}  // namespace vio::train
