#pragma once

#include <filesystem>

namespace vio::core {

/// Folder of the running executable, links resolved. Shipped models and engine modules are found
/// relative to it, in the build tree and after install alike. Throws std::filesystem_error.
[[nodiscard]] std::filesystem::path executable_folder();

}  // namespace vio::core
