#pragma once

#include <string_view>

namespace vio::hts {

/// The version of the HTSlib that is loaded.
[[nodiscard]] std::string_view htslib_version() noexcept;

}  // namespace vio::hts
