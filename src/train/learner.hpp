#pragma once

#include <cstddef>
#include <memory>
#include <span>

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

/// A network with its optimizer. Hides LibTorch from the training loop. One caller.
class Learner {
 public:
  Learner(const model::Spec& spec, const FitOptions& options);
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  ~Learner();

  /// One update from the mean gradient over `rows` of `data`.
  StepResult step(const Dataset& data, std::span<const std::size_t> rows);
  [[nodiscard]] Predictions predict(const Dataset& data);
  [[nodiscard]] model::TensorMap weights() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vio::train
