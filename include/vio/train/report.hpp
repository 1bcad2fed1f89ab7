#pragma once

#include <span>
#include <string>

#include "vio/train/metrics.hpp"

namespace vio::train {

/// An evaluation as a JSON object: scores with their intervals, per-class table, confusion matrix,
/// calibration. `classes` are the names in the order of the class numbers.
[[nodiscard]] std::string evaluation_to_json(const Evaluation& evaluation,
                                             std::span<const std::string> classes);

/// The same for people, at most as wide as the class names demand.
[[nodiscard]] std::string evaluation_to_text(const Evaluation& evaluation,
                                             std::span<const std::string> classes);

}  // namespace vio::train
