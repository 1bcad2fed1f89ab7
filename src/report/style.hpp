#pragma once

#include <string_view>

namespace vio::report {

/// The style sheet of every page: what charts name their classes by is here.
[[nodiscard]] std::string_view style_sheet() noexcept;

}  // namespace vio::report
