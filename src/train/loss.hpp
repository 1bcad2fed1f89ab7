#pragma once

#include <torch/types.h>

#include <span>
#include <vector>

#include "train/batch.hpp"
#include "vio/train/fit_options.hpp"

namespace vio::train {

/// What training minimises. Immutable, safe to share between threads.
class Loss {
 public:
  /// `labels` of all training rows decide class weights and the logit adjustment. `teacher` holds
  /// [rows, classes] probabilities or is empty.
  Loss(const FitOptions& options, std::size_t classes, const std::vector<int>& labels,
       const std::vector<float>& teacher, const torch::Device& device);

  /// Sum over the rows of a batch; `rows` are their numbers among the training rows.
  [[nodiscard]] torch::Tensor sum(const torch::Tensor& logits, const torch::Tensor& labels,
                                  std::span<const std::size_t> rows) const;

 private:
  double smoothing_;
  double distill_weight_;
  torch::Tensor class_weights_;  ///< [classes]; undefined: all 1
  torch::Tensor adjustment_;     ///< [classes], tau * ln(frequency); undefined: none
  torch::Tensor teacher_;        ///< [rows, classes]; undefined: none
};

}  // namespace vio::train
