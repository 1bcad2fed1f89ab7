#pragma once

#include <string>

#include "vio/model/model.hpp"

namespace vio::cli {

/// For people: what a model is, was trained on, how good it is and what it must not be used for.
[[nodiscard]] std::string describe_model(const model::Model& model);

}  // namespace vio::cli
