#pragma once

#include <nlohmann/json.hpp>

namespace vio::train {

/// Keeps the order in which fields are written.
using OrderedJson = nlohmann::ordered_json;

}  // namespace vio::train
