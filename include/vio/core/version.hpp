#pragma once

#include <string_view>

namespace vio::core {

/// The version of this build, such as `0.1.0`.
[[nodiscard]] std::string_view version() noexcept;

}  // namespace vio::core
