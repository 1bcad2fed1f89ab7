#include "engine/torch/cpu_engine.hpp"

#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "engine/torch/batch_runner.hpp"
#include "engine/torch/errors.hpp"
#include "engine/torch/host.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

namespace {

/// Positions that a window goes through the network as. Without a fixed window every length is a
/// shape of its own, for which oneDNN makes and caches a kernel: few shapes save 200 MB of kernels,
/// at up to 2 % more positions.
std::int64_t computed_length(const model::Spec& spec, std::int64_t length) {
  constexpr std::int64_t kShortestStep = 8;
  constexpr std::int64_t kStepsInOctave = 64;
  if (spec.fixed_window) {
    return spec.window;
  }
  const auto octave = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(length)));
  const std::int64_t step = std::max(kShortestStep, octave / kStepsInOctave);
  return (length + step - 1) / step * step;
}

/// Writes the window's codes, padded to computed_length, and returns them as [1, L] that views
/// them.
torch::Tensor codes_of(const window::Window& window, const model::Spec& spec,
                       std::vector<core::Code>& codes) {
  const std::int64_t length = computed_length(spec, window.length());
  if (window.length() < 1 || window.length() > length) {
    throw core::InternalError(
        fmt::format("the torch engine was given a window of {} positions where 1 to {} fit: this "
                    "is a bug, please report it",
                    window.length(), length));
  }
  codes.resize(static_cast<std::size_t>(length));
  const std::size_t written = window::materialize(window, spec.alphabet, codes);
  std::fill(codes.begin() + static_cast<std::ptrdiff_t>(written), codes.end(), spec.alphabet.pad());
  return torch::from_blob(codes.data(), {1, length}, torch::kByte);
}

}  // namespace

TorchCpuEngine::TorchCpuEngine(std::shared_ptr<const model::Model> model)
    : model_(std::move(model)), network_(load_network(*model_, torch::kCPU)), words_(model_) {}

Work TorchCpuEngine::score(std::span<const window::Window> windows,
                           std::span<float> probabilities) try {
  return explained(torch::kCPU, [&] {
    use_one_thread_here();
    const c10::InferenceMode no_autograd;
    Work work;
    std::vector<core::Code> buffer;
    auto out = probabilities.begin();
    for (const auto& window : windows) {
      const auto codes = codes_of(window, model_->spec, buffer);
      const auto logits = network_->forward(codes, torch::full({1}, window.length(), torch::kLong),
                                            torch::full({1}, window.whole, torch::kBool));
      const auto scored = logits.softmax(1);
      const float* values = scored.data_ptr<float>();
      out = std::copy(values, values + scored.numel(), out);
      work.positions_requested += static_cast<std::uint64_t>(window.length());
      work.positions_computed += buffer.size();
    }
    words_.add(windows, probabilities);
    return work;
  });
} catch (const OutOfDeviceMemory& error) {
  throw core::DeviceError(fmt::format(
      "the memory does not suffice for one window: {} (use smaller windows or fewer threads)",
      error.what()));
}

}  // namespace vio::engine
