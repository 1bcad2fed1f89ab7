#pragma once

#include "train/fit_data.hpp"
#include "train/fit_record.hpp"

namespace vio::train {

/// Fits a temperature on the validation rows, where there are any and the record wants it, and
/// folds it into the tensors of a model of the record's spec.
[[nodiscard]] std::optional<TemperatureFit> calibrate(model::TensorMap& tensors,
                                                      const FitRecord& record,
                                                      const Dataset& validation);

/// What baselines may learn from: all rows that the model could, those that chose included.
[[nodiscard]] Dataset known_rows(const Parts& parts);

/// Looks at the test part, where there is one, once.
void measure_test(FitRecord& record, const Parts& parts);

}  // namespace vio::train
