#pragma once

#include <ATen/core/Generator.h>
#include <torch/types.h>

#include <functional>
#include <memory>
#include <vector>

#include "train/classifier.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// One classifier for every worker. All share one flat tensor of weights, but each has gradients
/// and a generator of its own, so that workers can go forward and backward at the same time.
class Replicas {
 public:
  /// Throws core::UsageError where the device cannot be had.
  Replicas(const ClassifierFactory& factory, const ComputeOptions& options);

  [[nodiscard]] std::size_t size() const noexcept { return classifiers_.size(); }
  [[nodiscard]] Classifier& at(std::size_t worker) { return *classifiers_[worker]; }
  [[nodiscard]] const Classifier& first() const { return *classifiers_.front(); }
  [[nodiscard]] const torch::Device& device() const noexcept { return device_; }

  /// All weights in a row, [parameters]; writing to it changes every classifier.
  [[nodiscard]] torch::Tensor& parameters() noexcept { return parameters_; }
  /// After sum_gradients() that of the whole batch, [parameters].
  [[nodiscard]] torch::Tensor& gradient() noexcept { return gradients_.front(); }
  /// [parameters], 1 for values of tensors with two or more dimensions, else 0.
  [[nodiscard]] torch::Tensor matrix_mask() const;

  /// Replaces the tensors that fit; returns how many did.
  std::size_t load(const model::TensorMap& tensors);
  /// Switches all between training and evaluation.
  void set_training(bool on);
  /// Dropout of the next step draws from generators that only the arguments and the worker decide.
  void seed(std::uint32_t seed, std::uint64_t step);
  /// Calls work(worker) for every worker, at the same time, and waits for all; an exception of any
  /// is thrown here. Throws core::DeviceError where the device is out of memory.
  void run(const std::function<void(std::size_t)>& work);
  /// Adds the gradients of all to those of the first, in the order of the workers.
  void sum_gradients();
  void clear_gradients();

 private:
  void share_parameters();

  torch::Device device_;
  std::vector<std::shared_ptr<Classifier>> classifiers_;
  std::vector<at::Generator> generators_;  ///< of every worker; none on a GPU, which has its own
  torch::Tensor parameters_;
  std::vector<torch::Tensor> gradients_;  ///< of every worker
};

}  // namespace vio::train
