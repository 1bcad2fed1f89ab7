#pragma once

#include <torch/types.h>

#include <functional>
#include <vector>

#include "vio/engine/torch/network.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

struct Dropout {
  double channels = 0;
  double head = 0;
};

/// One network for every worker. All share the weights of the first, but each has gradients of its
/// own, so that workers can go forward and backward at the same time.
class Replicas {
 public:
  /// Throws core::UsageError where the device cannot be had.
  Replicas(const model::Spec& spec, const Dropout& dropout, const ComputeOptions& options);

  [[nodiscard]] std::size_t size() const noexcept { return networks_.size(); }
  [[nodiscard]] engine::Network& at(std::size_t worker) { return networks_[worker]; }
  [[nodiscard]] engine::Network& first() { return networks_.front(); }
  [[nodiscard]] const engine::Network& first() const { return networks_.front(); }
  [[nodiscard]] const torch::Device& device() const noexcept { return device_; }

  /// Switches all between training and evaluation.
  void set_training(bool on);
  /// Calls work(worker) for every worker, at the same time, and waits for all; an exception of any
  /// is thrown here. Throws core::DeviceError where the device is out of memory.
  void run(const std::function<void(std::size_t)>& work);
  /// Adds the gradients of all to those of the first, in the order of the workers.
  void sum_gradients();
  void clear_gradients();

 private:
  torch::Device device_;
  std::vector<engine::Network> networks_;
};

}  // namespace vio::train
