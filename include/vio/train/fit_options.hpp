#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vio/model/model.hpp"

namespace vio::train {

/// Where the network runs. On a CPU, `threads` workers share a batch and each computes with one
/// thread; results repeat exactly for the same number of workers.
struct ComputeOptions {
  std::string device = "cpu";  ///< cpu, cuda, cuda:N
  int threads = 1;
  std::size_t batch_size = 32;  ///< sequences
};

enum class Optimizer : std::uint8_t { adam, adamw };
enum class Schedule : std::uint8_t { constant, cosine };
/// Loss weights of the classes, whose mean over the training rows is 1: equal, proportional to
/// 1 / frequency, or to its square root.
enum class ClassWeights : std::uint8_t { none, balanced, sqrt };
/// What of the validation rows chooses the epoch.
enum class Monitor : std::uint8_t { loss, accuracy, macro_f1, mcc };

/// Random changes of training sequences. Draws depend on the seed, the epoch and the row only, so
/// they are the same for any number of workers.
struct Augmentation {
  double reverse_complement = 0;                          ///< probability a sequence
  std::vector<std::string> reverse_complement_classes{};  ///< only of these; empty: of all
  double substitutions = 0;   ///< positions are redrawn at this rate times U(0, 1) a sequence
  double mask = 0;            ///< one span of n * mask * U(0, 1) becomes unknown, where n > 20
  double length_dropout = 0;  ///< probability that a row counts as cut from a longer sequence

  bool operator==(const Augmentation&) const = default;
};

/// The defaults are the plain recipe.
struct FitOptions {
  ComputeOptions compute;
  int epochs = 10;
  Optimizer optimizer = Optimizer::adam;
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double weight_decay = 0;    ///< PyTorch's meaning for each optimizer
  bool decay_vectors = true;  ///< decay biases and norms too, or tensors of two dimensions only
  double clip = 0;            ///< largest norm of the gradient; 0: any
  Schedule schedule = Schedule::constant;
  double warmup = 0;           ///< part of all steps over which the rate rises from 0
  double average = 0;          ///< decay of the weights' running average; 0: none
  double label_smoothing = 0;  ///< part of the target that is spread over all classes
  ClassWeights class_weights = ClassWeights::none;
  double logit_adjustment = 0;  ///< tau: trains logits + tau * ln(class frequency)
  double distill_weight = 0;    ///< of FitStart::teacher in the loss
  double dropout_channels = 0;  ///< probability, of a block's channels
  double dropout_head = 0;      ///< probability
  bool scaled_init = false;     ///< residual specs: stem doubled, outputs of blocks halved
  Augmentation augmentation;
  double word_share = 0.4;  ///< of the logits that are the words', where the spec has words
  std::uint32_t seed = 0;   ///< of the initial weights, the shuffling, dropout and augmentation
  Monitor monitor = Monitor::loss;
  int patience = 0;    ///< stop after this many epochs without a better validation; 0: never
  bool packed = true;  ///< several sequences in a row where lengths differ; the same to rounding
};

/// Adam as PyTorch has it and nothing else: how v1 was trained.
[[nodiscard]] FitOptions plain_recipe();
/// AdamW with warm-up and cosine, clipping, smoothing, averaging, dropout and augmentation, for
/// residual specs.
[[nodiscard]] FitOptions vio_recipe();
/// `vio` for specs with residual blocks, else `plain`.
[[nodiscard]] std::string_view default_recipe(const model::Spec& spec);
/// By its name. Throws core::UsageError for another one.
[[nodiscard]] FitOptions recipe(std::string_view name);

/// The options that decide which weights come out, as JSON; nothing of `compute.device`.
[[nodiscard]] std::string fit_options_to_json(const FitOptions& options);

}  // namespace vio::train
