#pragma once

#include "train/fit_data.hpp"
#include "train/fit_record.hpp"

namespace vio::train {

/// Fits a temperature on the validation rows, where there are any and it is wanted, and folds it
/// into the record's tensors.
void calibrate(FitRecord& record, const Dataset& validation);

/// What baselines may learn from: all rows that the model could, those that chose included.
[[nodiscard]] Dataset known_rows(const Parts& parts);

/// Looks at the test part, where there is one, once.
void measure_test(FitRecord& record, const Parts& parts);

}  // namespace vio::train
