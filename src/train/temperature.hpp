#pragma once

#include "vio/model/model.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// Temperatures that fit_temperature() considers.
inline constexpr double kLowestTemperature = 0.2;
inline constexpr double kHighestTemperature = 5;

/// The T whose softmax(logits / T) has the least sum of -ln p(truth) + 2 (ln T)^2: with many rows
/// that of the likelihood alone; with few it stays near 1, lest rows that happen to be all right
/// make every later answer certain. 1 without rows.
[[nodiscard]] double fit_temperature(const Predictions& predictions);

/// Predictions as they are at another temperature.
[[nodiscard]] Predictions at_temperature(const Predictions& predictions, double temperature);

/// Divides all that adds to the logits: with a temperature, the model's own softmax is at that one.
void divide_logits(model::TensorMap& tensors, double divisor);

/// What was fitted on validation rows, and what it did there.
struct TemperatureFit {
  double temperature = 1;
  std::size_t rows = 0;
  double log_loss_before = 0;
  double log_loss_after = 0;
  double calibration_error_before = 0;
  double calibration_error_after = 0;
};
[[nodiscard]] TemperatureFit temperature_fit(const Predictions& validation);

}  // namespace vio::train
