#pragma once

#include <string>

#include "train/json.hpp"

namespace vio::train {

/// One self-contained HTML page of what `fit` or `evaluate` wrote as JSON. Every number on it is
/// one of that JSON; its element says which by a JSON pointer in `data-key`.
[[nodiscard]] std::string measurement_page(const OrderedJson& record);

}  // namespace vio::train
