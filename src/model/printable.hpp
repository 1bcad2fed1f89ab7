#pragma once

#include <string>
#include <string_view>

namespace vio::model {

/// `text` with everything but printable ASCII as \xNN. Sentences about a file quote from it, and
/// what a file holds must not steer a terminal or forge a line of a log.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace vio::model
