#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vio/model/spec.hpp"

namespace vio::model {

/// Members with an 11-bp stem on four channels, residual blocks, mean, max and attention pooling
/// over real positions, length features (masked for windows that were cut) and a hidden layer, for
/// any window. At most 40,000 FLOP a position and a radius of at most 16:
[[nodiscard]] Spec fast_spec(std::vector<std::string> classes);
/// At most 200,000 FLOP a position and a radius of at most 64.
[[nodiscard]] Spec default_spec(std::vector<std::string> classes);
/// Twice the channels of `default`, a radius of 73.
[[nodiscard]] Spec large_spec(std::vector<std::string> classes);

/// v1, fast, default, large.
[[nodiscard]] std::vector<std::string_view> preset_names();
[[nodiscard]] bool is_preset(std::string_view name);

/// A preset by its name. Throws core::UsageError with the names for another one.
[[nodiscard]] Spec preset(std::string_view name, std::vector<std::string> classes);

}  // namespace vio::model
