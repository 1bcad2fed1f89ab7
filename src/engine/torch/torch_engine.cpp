#include "engine/torch/torch_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/torch/batch_runner.hpp"
#include "engine/torch/batch_shape.hpp"
#include "engine/torch/batched_engine.hpp"
#include "engine/torch/cpu_engine.hpp"
#include "engine/torch/device.hpp"
#include "engine/torch/errors.hpp"
#include "engine/torch/host.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

namespace {

/// One batch is computed while another is copied; a third keeps the queue from running dry.
constexpr int kBatchesInFlight = 3;
/// Where the driver does not tell what is free: too much is halved at the first batch.
constexpr std::uint64_t kAssumedFreeBytes = std::uint64_t{4} << 30;

std::unique_ptr<Engine> make_gpu_engine(std::shared_ptr<const model::Model> model,
                                        const std::string& device, const EngineOptions& options) {
  const auto in_flight = static_cast<std::size_t>(std::clamp(options.threads, 1, kBatchesInFlight));
  auto runners = make_batch_runners(*model, device, in_flight);
  const std::size_t batch =
      options.batch_size > 0
          ? options.batch_size
          : batch_that_fits(model->spec, free_memory(device).value_or(kAssumedFreeBytes),
                            in_flight);
  return std::make_unique<BatchedEngine>(std::move(model), describe_device(device), batch,
                                         std::move(runners));
}

}  // namespace

std::unique_ptr<Engine> make_torch_engine(std::shared_ptr<const model::Model> model,
                                          const EngineOptions& options) {
  const std::string device = choose_device(options.device);
  prepare_process();
  try {
    return explained(torch::Device(device), [&]() -> std::unique_ptr<Engine> {
      if (device == "cpu") {
        return std::make_unique<TorchCpuEngine>(std::move(model));
      }
      return make_gpu_engine(std::move(model), device, options);
    });
  } catch (const OutOfDeviceMemory& error) {
    throw core::DeviceError(fmt::format(
        "device {} has no room for the model: {} (free some memory or use --device cpu)", device,
        error.what()));
  }
}

}  // namespace vio::engine
