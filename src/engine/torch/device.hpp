#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vio::engine {

/// The device that `auto`, `cpu`, `cuda` or `cuda:N` stands for here: `cpu` or `cuda:N`. Throws
/// core::UsageError for anything else, and where a GPU is asked for that cannot be had.
[[nodiscard]] std::string choose_device(std::string_view wanted);

/// `cpu`, or `cuda:0 (<name of the card>)`.
[[nodiscard]] std::string describe_device(const std::string& device);

/// Free memory of a GPU in bytes, where its driver tells.
[[nodiscard]] std::optional<std::uint64_t> free_memory(const std::string& device);

}  // namespace vio::engine
