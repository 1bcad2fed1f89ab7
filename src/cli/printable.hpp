#pragma once

#include <string>
#include <string_view>

namespace vio::cli {

/// Text from a model's card as one line: control bytes, which could steer a terminal or break a
/// table, become blanks.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace vio::cli
