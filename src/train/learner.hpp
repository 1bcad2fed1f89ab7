#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "train/classifier.hpp"
#include "vio/model/model.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/metrics.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// What one step saw, before its update.
struct StepResult {
  double loss_sum = 0;  ///< over the rows
  std::size_t correct = 0;
};

/// Everything that later steps depend on. Random draws are functions of the seed and of counters,
/// so there is no generator to remember.
struct LearnerState {
  model::TensorMap tensors;  ///< flat: parameters, average, moment1, moment2
  std::uint64_t steps = 0;
};

/// A classifier with its optimizer. One caller.
class Learner {
 public:
  /// `train` must outlive the learner.
  Learner(const Trainable& trainable, const Dataset& train, const FitOptions& options,
          const FitStart& start);
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  ~Learner();

  /// One update from the mean gradient over `rows` of the training data.
  StepResult step(std::span<const std::size_t> rows, int epoch);
  /// With the average of the weights, where one is kept.
  [[nodiscard]] Predictions predict(const Dataset& data);
  /// The same weights.
  [[nodiscard]] model::TensorMap weights();
  /// How many tensors FitStart::initial replaced.
  [[nodiscard]] std::size_t initial_tensors() const;

  [[nodiscard]] LearnerState state() const;
  /// Throws core::UsageError where the state is one of another network.
  void restore(const LearnerState& state);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vio::train
