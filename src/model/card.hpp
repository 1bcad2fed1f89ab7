#pragma once

#include <string>
#include <string_view>

#include "vio/model/model.hpp"

namespace vio::model {

/// JSON as it stands in a model file. Throws core::ModelError where metrics_json is no object.
[[nodiscard]] std::string card_to_json(const Card& card);

/// Unknown fields are skipped: a card informs, it never changes a score. Throws core::ModelError.
[[nodiscard]] Card parse_card(std::string_view json);

}  // namespace vio::model
