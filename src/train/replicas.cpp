#include "train/replicas.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <malloc.h>
#include <torch/cuda.h>
#include <torch/utils.h>

#include <algorithm>
#include <future>

#include "train/random.hpp"
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

}  // namespace

Replicas::Replicas(const ClassifierFactory& factory, const ComputeOptions& options)
    : device_(checked_device(options.device)) {
  keep_freed_memory();
  compute_with_one_thread();
  const auto workers = device_.is_cpu() ? std::max(options.threads, 1) : 1;
  for (int worker = 0; worker < workers; ++worker) {
    classifiers_.push_back(factory());
    classifiers_.back()->to(device_);
    if (device_.is_cpu()) {
      generators_.push_back(at::detail::createCPUGenerator());
      classifiers_.back()->set_generator(generators_.back());
    }
  }
  share_parameters();
}

void Replicas::share_parameters() {
  std::vector<torch::Tensor> flat;
  for (const auto& parameter : first().parameters()) {
    flat.push_back(parameter.detach().flatten());
  }
  parameters_ = torch::cat(flat);
  for (auto& classifier : classifiers_) {
    gradients_.push_back(torch::zeros_like(parameters_));
    std::int64_t at = 0;
    for (auto& parameter : classifier->parameters()) {
      const auto shape = parameter.sizes().vec();
      const auto count = parameter.numel();
      parameter.set_data(parameters_.narrow(0, at, count).view(shape));
      parameter.mutable_grad() = gradients_.back().narrow(0, at, count).view(shape);
      at += count;
    }
  }
}

torch::Tensor Replicas::matrix_mask() const {
  std::vector<torch::Tensor> parts;
  for (const auto& parameter : first().parameters()) {
    parts.push_back(
        torch::full({parameter.numel()}, parameter.dim() > 1 ? 1.0 : 0.0, parameters_.options()));
  }
  return torch::cat(parts);
}

std::size_t Replicas::load(const model::TensorMap& tensors) {
  return load_matching(*classifiers_.front(), tensors);
}

void Replicas::set_training(bool on) {
  for (auto& classifier : classifiers_) {
    classifier->train(on);
  }
}

void Replicas::seed(std::uint32_t seed, std::uint64_t step) {
  if (generators_.empty()) {
    torch::manual_seed(Random{seed, step}.next());
  }
  for (std::size_t worker = 0; worker < generators_.size(); ++worker) {
    generators_[worker].set_current_seed(Random{seed, step, worker}.next());
  }
}

void Replicas::run(const std::function<void(std::size_t)>& work) {
  const auto guarded = [&](std::size_t worker) {
    compute_with_one_thread();
    work(worker);
  };
  std::vector<std::future<void>> others;
  for (std::size_t worker = 1; worker < classifiers_.size(); ++worker) {
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
  for (std::size_t worker = 1; worker < gradients_.size(); ++worker) {
    gradients_.front().add_(gradients_[worker]);
  }
}

void Replicas::clear_gradients() {
  for (auto& gradient : gradients_) {
    gradient.zero_();
  }
}

}  // namespace vio::train
