#include "engine/torch/device.hpp"

#include <c10/core/DeviceGuard.h>
#include <fmt/format.h>
#include <torch/cuda.h>

#include <charconv>

#include "engine/torch/cuda_driver.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

namespace {

constexpr std::string_view kCuda = "cuda";

/// N of `cuda:N`, 0 of `cuda`.
std::optional<int> gpu_index(std::string_view device) {
  if (device == kCuda) {
    return 0;
  }
  if (!device.starts_with("cuda:")) {
    return std::nullopt;
  }
  const auto digits = device.substr(kCuda.size() + 1);
  int index = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  return whole && index >= 0 ? std::optional(index) : std::nullopt;
}

std::string require_gpu(std::string_view wanted, int index) {
  const auto count = torch::cuda::device_count();
  if (count == 0) {
    throw core::UsageError(fmt::format(
        "device '{}' needs a GPU and a LibTorch built for it, and LibTorch finds no usable GPU "
        "here: use --device cpu or check the driver and the installed LibTorch",
        wanted));
  }
  if (static_cast<std::size_t>(index) >= count) {
    throw core::UsageError(
        fmt::format("there is no device '{}': LibTorch finds {} GPU(s), cuda:0 to cuda:{}", wanted,
                    count, count - 1));
  }
  return fmt::format("cuda:{}", index);
}

}  // namespace

std::string choose_device(std::string_view wanted) {
  if (wanted == "cpu") {
    return "cpu";
  }
  if (wanted == "auto") {
    return torch::cuda::is_available() ? "cuda:0" : "cpu";
  }
  if (const auto index = gpu_index(wanted)) {
    return require_gpu(wanted, *index);
  }
  throw core::UsageError(
      fmt::format("there is no device '{}': use auto, cpu, cuda or cuda:N", wanted));
}

std::string describe_device(const std::string& device) {
  const auto index = gpu_index(device);
  const auto name = index ? gpu_name(*index) : std::nullopt;
  return name ? fmt::format("{} ({})", device, *name) : device;
}

std::optional<std::uint64_t> free_memory(const std::string& device) {
  if (!gpu_index(device)) {
    return std::nullopt;
  }
  const c10::DeviceGuard current{c10::Device(device)};
  return free_gpu_memory();
}

}  // namespace vio::engine
