#include "engine/torch/cuda_driver.hpp"

#include <dlfcn.h>

#include <array>
#include <cstddef>
#include <memory>

namespace vio::engine {

namespace {

constexpr int kSuccess = 0;

/// The driver's functions, of a library that LibTorch has already loaded and initialised.
class Driver {
 public:
  Driver() : library_(dlopen("libcuda.so.1", RTLD_LAZY | RTLD_NOLOAD), &close) {}

  template <class Function>
  [[nodiscard]] Function* find(const char* name) const {
    void* address = library_ ? dlsym(library_.get(), name) : nullptr;
    return reinterpret_cast<Function*>(address);
  }

 private:
  static void close(void* library) {
    if (library != nullptr) {
      dlclose(library);
    }
  }

  std::unique_ptr<void, void (*)(void*)> library_;
};

}  // namespace

std::optional<std::string> gpu_name(int index) {
  const Driver driver;
  auto* const device_get = driver.find<int(int*, int)>("cuDeviceGet");
  auto* const device_name = driver.find<int(char*, int, int)>("cuDeviceGetName");
  int device = 0;
  std::array<char, 256> name{};
  if (device_get == nullptr || device_name == nullptr || device_get(&device, index) != kSuccess ||
      device_name(name.data(), static_cast<int>(name.size()) - 1, device) != kSuccess) {
    return std::nullopt;
  }
  return name.data();
}

std::optional<std::uint64_t> free_gpu_memory() {
  const Driver driver;
  auto* const memory_info = driver.find<int(std::size_t*, std::size_t*)>("cuMemGetInfo_v2");
  std::size_t free = 0;
  std::size_t total = 0;
  if (memory_info == nullptr || memory_info(&free, &total) != kSuccess) {
    return std::nullopt;
  }
  return free;
}

}  // namespace vio::engine
