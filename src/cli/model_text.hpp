#pragma once

#include <string>

#include "vio/model/model.hpp"

namespace vio::cli {

/// What --list-models prints: name, window, classes and first measured numbers of every shipped
/// model.
[[nodiscard]] std::string list_models_text();

}  // namespace vio::cli
