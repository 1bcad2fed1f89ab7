#pragma once

#include <string>

#include "vio/model/model.hpp"

namespace vio::cli {

/// What --list-models prints: name, window, classes, score, what it was measured on and description
/// of every shipped model.
[[nodiscard]] std::string list_models_text();

/// One line of it, with the card's Matthews correlation of two classes, or the accuracy of more.
[[nodiscard]] std::string model_line(const std::string& name, const model::Model& model);

}  // namespace vio::cli
