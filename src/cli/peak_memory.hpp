#pragma once

#include <cstdint>

namespace vio::cli {

/// The most memory that this process has held so far, bytes.
[[nodiscard]] std::int64_t peak_memory_bytes();

}  // namespace vio::cli
