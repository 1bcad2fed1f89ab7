#include "engine/torch/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "engine/torch/batch_runner.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

namespace {

bool is_out_of_memory(const c10::Error& error, std::string_view message) {
  // Not every shortage has a type of its own: cuBLAS, cuDNN and the CPU's allocator only say so.
  constexpr std::array<std::string_view, 5> kSayings{"out of memory", "not enough memory",
                                                     "can't allocate memory", "ALLOC_FAILED",
                                                     "failed to allocate"};
  return dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr ||
         std::any_of(kSayings.begin(), kSayings.end(), [&](std::string_view saying) {
           return message.find(saying) != std::string_view::npos;
         });
}

}  // namespace

void rethrow(const c10::Error& error, const torch::Device& device) {
  const std::string whole = error.what_without_backtrace();
  const std::string first_line = whole.substr(0, whole.find('\n'));
  if (is_out_of_memory(error, whole)) {
    throw OutOfDeviceMemory(first_line);
  }
  if (!device.is_cpu()) {
    throw core::DeviceError(fmt::format("device {} failed: {} (a retry may help, or --device cpu)",
                                        device.str(), first_line));
  }
  throw core::InternalError(
      fmt::format("LibTorch failed on the CPU: {} (this is a bug, please report it)", first_line));
}

}  // namespace vio::engine
