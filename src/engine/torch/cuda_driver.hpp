#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace vio::engine {

/// What LibTorch's device-agnostic interface does not tell, asked of the CUDA driver if the process
/// has one. Looked up at run time, because the build needs no CUDA.

/// The card's name, such as `NVIDIA L4`. `index` counts as LibTorch does, visible devices only.
[[nodiscard]] std::optional<std::string> gpu_name(int index);

/// Free bytes of the GPU that is current in this thread.
[[nodiscard]] std::optional<std::uint64_t> free_gpu_memory();

}  // namespace vio::engine
