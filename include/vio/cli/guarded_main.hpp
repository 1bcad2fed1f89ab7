#pragma once

#include <functional>
#include <string_view>

namespace vio::cli {

/// Runs `body` and returns its exit code. Every exception becomes one sentence on standard error
/// and the exit code of core::ExitCode; a closed standard output ends quietly with 0.
[[nodiscard]] int guarded_main(std::string_view program, const std::function<int()>& body);

}  // namespace vio::cli
