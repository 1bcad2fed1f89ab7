#include "train/temperature.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr double kPrior = 2;  ///< of (ln T)^2: ln T is normal with a standard deviation of .5
constexpr double kSmallest = 1e-37;  ///< float32 has nothing useful below

/// Logits up to a constant of each row.
std::vector<double> logits_of(const Predictions& predictions) {
  std::vector<double> logits;
  logits.reserve(predictions.probabilities.size());
  for (const float p : predictions.probabilities) {
    logits.push_back(std::log(std::max(double{p}, kSmallest)));
  }
  return logits;
}

/// Writes softmax(logits / T) and returns -ln of the truth's.
double soften(std::span<const double> logits, double temperature, std::size_t truth,
              std::span<float> probabilities) {
  const double highest = *std::ranges::max_element(logits);
  double sum = 0;
  for (const double logit : logits) {
    sum += std::exp((logit - highest) / temperature);
  }
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    probabilities[k] = static_cast<float>(std::exp((logits[k] - highest) / temperature) / sum);
  }
  return std::log(sum) - (logits[truth] - highest) / temperature;
}

/// What fit_temperature() minimises.
double penalised_loss(const Predictions& predictions, std::span<const double> logits,
                      double log_temperature) {
  const auto n = predictions.n_classes;
  double loss = kPrior * log_temperature * log_temperature;
  for (std::size_t row = 0; row < predictions.size(); ++row) {
    loss += soften(logits.subspan(row * n, n), std::exp(log_temperature),
                   static_cast<std::size_t>(predictions.truth[row]), {});
  }
  return loss;
}

}  // namespace

double fit_temperature(const Predictions& predictions) {
  constexpr double kPrecision = 1e-5;
  const auto logits = logits_of(predictions);
  const auto loss = [&](double log_temperature) {
    return penalised_loss(predictions, logits, log_temperature);
  };
  // Golden section: the loss has one minimum.
  constexpr double kPart = std::numbers::phi - 1;
  double low = std::log(kLowestTemperature);
  double high = std::log(kHighestTemperature);
  double left = high - kPart * (high - low);
  double right = low + kPart * (high - low);
  double left_loss = loss(left);
  double right_loss = loss(right);
  while (high - low > kPrecision) {
    if (left_loss <= right_loss) {
      high = right;
      right = left;
      right_loss = left_loss;
      left = high - kPart * (high - low);
      left_loss = loss(left);
    } else {
      low = left;
      left = right;
      left_loss = right_loss;
      right = low + kPart * (high - low);
      right_loss = loss(right);
    }
  }
  return predictions.size() == 0 ? 1 : std::exp((low + high) / 2);
}

Predictions at_temperature(const Predictions& predictions, double temperature) {
  const auto logits = logits_of(predictions);
  const auto n = predictions.n_classes;
  auto result = predictions;
  for (std::size_t row = 0; row < predictions.size(); ++row) {
    soften(std::span(logits).subspan(row * n, n), temperature, 0,
           std::span(result.probabilities).subspan(row * n, n));
  }
  return result;
}

void divide_logits(model::TensorMap& tensors, double divisor) {
  if (!tensors.contains("classifier.weight") || !tensors.contains("classifier.bias")) {
    throw core::InternalError("a model without a classifier has no logits to divide");
  }
  for (auto& [name, tensor] : tensors) {
    if (name.starts_with("classifier.") || name == "length_ranges.weight" ||
        name == "words.weight") {
      for (auto& value : tensor.values) {
        value = static_cast<float>(value / divisor);
      }
    }
  }
}

TemperatureFit temperature_fit(const Predictions& validation) {
  const double temperature = fit_temperature(validation);
  const auto after = at_temperature(validation, temperature);
  return {.temperature = temperature,
          .rows = validation.size(),
          .log_loss_before = mean_log_loss(validation),
          .log_loss_after = mean_log_loss(after),
          .calibration_error_before = calibration(validation).expected_error,
          .calibration_error_after = calibration(after).expected_error};
}

}  // namespace vio::train
