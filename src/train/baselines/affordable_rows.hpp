#pragma once

#include "vio/train/dataset.hpp"

namespace vio::train {

/// All rows, or so many of them, drawn at random, that a linear model over their words is fitted in
/// seconds. Always the same of the same rows.
[[nodiscard]] Dataset affordable_rows(const Dataset& rows);

}  // namespace vio::train
