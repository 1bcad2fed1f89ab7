#pragma once

#include <string_view>

namespace vio::core {

/// The version of this build, such as `0.1.0`.
[[nodiscard]] std::string_view version() noexcept;

/// When this version was dated, such as `2026-11-25`.
[[nodiscard]] std::string_view release_date() noexcept;

}  // namespace vio::core
