#pragma once

#include <torch/types.h>

#include <utility>

namespace vio::engine {

/// Throws OutOfDeviceMemory where the error says so, core::DeviceError for other errors of a GPU,
/// else core::InternalError, with the first line of LibTorch's message.
[[noreturn]] void rethrow(const c10::Error& error, const torch::Device& device);

/// Calls `work` and turns what LibTorch throws into exceptions that the program explains.
template <class Work>
decltype(auto) explained(const torch::Device& device, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const c10::Error& error) {
    rethrow(error, device);
  }
}

}  // namespace vio::engine
