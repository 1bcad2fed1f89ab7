#pragma once

#include <string>
#include <vector>

namespace vio::bench {

/// Throws core::UsageError, which names `option`, unless all are numbers greater than 0.
[[nodiscard]] std::vector<double> positive_numbers(const std::string& text,
                                                   const std::string& option);

}  // namespace vio::bench
