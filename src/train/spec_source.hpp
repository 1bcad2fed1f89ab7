#pragma once

#include <string>
#include <vector>

#include "vio/model/spec.hpp"

namespace vio::train {

/// A preset, or a JSON file as docs/model-format.md describes it. A file without classes takes
/// `classes`, one with classes keeps its own. Throws core::UsageError, core::ModelError.
[[nodiscard]] model::Spec load_spec(const std::string& preset_or_file,
                                    const std::vector<std::string>& classes);

}  // namespace vio::train
