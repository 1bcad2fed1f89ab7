#pragma once

#include <span>
#include <string_view>

#include "vio/core/alphabet.hpp"

namespace vio::train {

/// The bytes of codes, to hash and to order sequences by.
[[nodiscard]] inline std::string_view code_text(std::span<const core::Code> codes) {
  return {reinterpret_cast<const char*>(codes.data()), codes.size()};
}

}  // namespace vio::train
