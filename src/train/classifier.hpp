#pragma once

#include <ATen/core/Generator.h>
#include <torch/nn/module.h>

#include <functional>
#include <memory>

#include "train/batch.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// What the trainer trains: the VIO family, or a rival of it in a comparison.
class Classifier : public torch::nn::Module {
 public:
  /// Logits [N, classes]. May be called from one thread a classifier.
  virtual torch::Tensor forward(const Batch& batch) = 0;
  /// Whether forward() makes use of Batch::packed.
  [[nodiscard]] virtual bool takes_packed() const { return false; }
  /// Where dropout is to draw from, for results that repeat with several workers.
  virtual void set_generator(const c10::optional<at::Generator>& /*generator*/) {}
  /// The parameters, copied to the CPU.
  [[nodiscard]] virtual model::TensorMap weights() const;
};

/// A new classifier with random weights from LibTorch's generator.
using ClassifierFactory = std::function<std::shared_ptr<Classifier>()>;

/// The VIO network of a spec, initialised and with dropout as `options` say.
[[nodiscard]] ClassifierFactory vio_classifier(const model::Spec& spec, const FitOptions& options);

/// Copies the tensors whose name and shape fit into the parameters; returns how many did.
std::size_t load_matching(Classifier& classifier, const model::TensorMap& tensors);

/// What is trained, and what its batches look like: alphabet, window and classes of `spec`.
struct Trainable {
  ClassifierFactory make;
  model::Spec spec;
};

/// fit() and predict() for any classifier. predict_classifier() demands a tensor for every
/// parameter.
[[nodiscard]] FitResult fit_classifier(const Trainable& trainable, const Dataset& train,
                                       const Dataset& validation, const FitOptions& options,
                                       const FitHooks& hooks, const FitStart& start = {});
[[nodiscard]] Predictions predict_classifier(const Trainable& trainable,
                                             const model::TensorMap& tensors, const Dataset& data,
                                             const ComputeOptions& options);

}  // namespace vio::train
