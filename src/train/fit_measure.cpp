#include "train/fit_measure.hpp"

namespace vio::train {

std::optional<TemperatureFit> calibrate(model::TensorMap& tensors, const FitRecord& record,
                                        const Dataset& validation) {
  if (!record.calibrate || validation.size() == 0) {
    return std::nullopt;
  }
  auto fitted =
      temperature_fit(predict(record.spec, tensors, validation, record.fit_options.compute));
  divide_logits(tensors, fitted.temperature);
  return fitted;
}

Dataset known_rows(const Parts& parts) {
  auto known = parts.train;
  known.sequences.insert(known.sequences.end(), parts.validation.sequences.begin(),
                         parts.validation.sequences.end());
  known.labels.insert(known.labels.end(), parts.validation.labels.begin(),
                      parts.validation.labels.end());
  return known;
}

void measure_test(FitRecord& record, const Parts& parts) {
  if (parts.test.size() == 0) {
    return;
  }
  const auto& compute = record.fit_options.compute;
  const auto predictions = predict(record.spec, record.result.tensors, parts.test, compute);
  record.measurement = measure(
      predictions, parts.test, known_rows(parts), record.spec.alphabet,
      {.resamples = record.resamples, .seed = record.bootstrap_seed, .threads = compute.threads});
  if (record.temperature) {
    const auto before = at_temperature(predictions, 1 / record.temperature->temperature);
    record.uncalibrated = {.auc = macro_auc(class_aucs(before)),
                           .log_loss = mean_log_loss(before),
                           .calibration_error = calibration(before).expected_error};
  }
}

}  // namespace vio::train
