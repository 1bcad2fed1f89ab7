#include "train/replicas.hpp"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <malloc.h>
#include <torch/cuda.h>

#include <algorithm>
#include <future>

#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr int kMebibyte = 1 << 20;

/// Activations are a few megabytes each and come and go with every step. Without these bounds glibc
/// maps and unmaps them every time, which costs several times the arithmetic.
void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 32 * kMebibyte);
  mallopt(M_TRIM_THRESHOLD, 512 * kMebibyte);
  mallopt(M_TOP_PAD, 16 * kMebibyte);
}

/// Workers are the only parallelism: threads inside an operation would get in each other's way. The
/// setting is one of the calling thread; OpenBLAS, where LibTorch uses it, has one of its own.
void compute_with_one_thread() {
  at::set_num_threads(1);
  using SetThreads = void (*)(int);
  static const auto set_blas_threads =
      reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  if (set_blas_threads != nullptr) {
    set_blas_threads(1);
  }
}

torch::Device checked_device(const std::string& name) {
  if (name == "cpu") {
    return torch::kCPU;
  }
  const bool has_index = name.starts_with("cuda:") && name.size() > 5 &&
                         name.find_first_not_of("0123456789", 5) == std::string::npos;
  if (name != "cuda" && !has_index) {
    throw core::UsageError(fmt::format("--device takes cpu, cuda or cuda:N, not '{}'", name));
  }
  const torch::Device device(name);
  const auto present = torch::cuda::device_count();
  if (static_cast<std::size_t>(device.has_index() ? device.index() : 0) >= present) {
    throw core::UsageError(fmt::format(
        "--device {} asks for a GPU that is not there; this machine and this LibTorch offer {}, so "
        "use --device cpu",
        name, present));
  }
  return device;
}

/// All dropout draws come from LibTorch's one generator, so with several workers the masks would
/// depend on who is first.
std::size_t worker_count(const Dropout& dropout, const ComputeOptions& options,
                         const torch::Device& device) {
  const bool random = dropout.channels > 0 || dropout.head > 0;
  return device.is_cpu() && !random ? static_cast<std::size_t>(std::max(options.threads, 1)) : 1;
}

}  // namespace

Replicas::Replicas(const model::Spec& spec, const Dropout& dropout, const ComputeOptions& options)
    : device_(checked_device(options.device)) {
  keep_freed_memory();
  compute_with_one_thread();
  const auto workers = worker_count(dropout, options, device_);
  for (std::size_t worker = 0; worker < workers; ++worker) {
    networks_.emplace_back(spec, dropout.channels, dropout.head);
    networks_.back()->to(device_);
    const auto shared = first()->parameters();
    auto own = networks_.back()->parameters();
    for (std::size_t i = 0; i < own.size(); ++i) {
      own[i].set_data(shared[i].data());
    }
  }
}

void Replicas::set_training(bool on) {
  for (auto& network : networks_) {
    network->train(on);
  }
}

void Replicas::run(const std::function<void(std::size_t)>& work) {
  const auto guarded = [&](std::size_t worker) {
    compute_with_one_thread();
    work(worker);
  };
  std::vector<std::future<void>> others;
  for (std::size_t worker = 1; worker < networks_.size(); ++worker) {
    others.push_back(std::async(std::launch::async, guarded, worker));
  }
  try {
    guarded(0);
    for (auto& other : others) {
      other.get();
    }
  } catch (const c10::Error& error) {
    const std::string message = error.what_without_backtrace();
    if (message.find("out of memory") != std::string::npos) {
      throw core::DeviceError(
          "the device ran out of memory; use a smaller --batch-size, or free the device and retry");
    }
    throw;
  }
}

void Replicas::sum_gradients() {
  auto sums = first()->parameters();
  for (std::size_t worker = 1; worker < networks_.size(); ++worker) {
    const auto parts = networks_[worker]->parameters();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (!parts[i].grad().defined()) {
        continue;
      }
      if (sums[i].grad().defined()) {
        sums[i].mutable_grad().add_(parts[i].grad());
      } else {
        sums[i].mutable_grad() = parts[i].grad().clone();
      }
    }
  }
}

void Replicas::clear_gradients() {
  for (auto& network : networks_) {
    for (auto& parameter : network->parameters()) {
      parameter.mutable_grad() = torch::Tensor();
    }
  }
}

}  // namespace vio::train
