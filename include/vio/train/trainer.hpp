#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vio/model/model.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// Where the network runs. On a CPU, `threads` workers share a batch and each computes with one
/// thread; results repeat exactly for the same number of workers.
struct ComputeOptions {
  std::string device = "cpu";  ///< cpu, cuda, cuda:N
  int threads = 1;
  std::size_t batch_size = 32;  ///< sequences
};

enum class Optimizer : std::uint8_t { adam, adamw };

struct FitOptions {
  ComputeOptions compute;
  int epochs = 10;
  Optimizer optimizer = Optimizer::adam;
  double learning_rate = 1e-3;
  double weight_decay = 0;      ///< PyTorch's meaning for each optimizer
  double dropout_channels = 0;  ///< probability; residual blocks
  double dropout_head = 0;      ///< probability
  std::uint32_t seed = 0;       ///< of the initial weights, the shuffling and the dropout
  int patience = 0;  ///< stop after this many epochs without a lower validation loss; 0: never
};

/// One epoch; losses are mean cross-entropies in nats.
struct EpochLog {
  int epoch = 0;  ///< from 1
  double train_loss = 0;
  double train_accuracy = 0;
  std::optional<double> validation_loss;
  std::optional<double> validation_accuracy;
  double seconds = 0;
};

/// How far an epoch has come.
struct FitProgress {
  int epoch = 0;  ///< from 1
  int epochs = 0;
  std::size_t rows_done = 0;
  std::size_t rows_total = 0;
  double loss = 0;  ///< mean of this epoch so far
  double accuracy = 0;
  double rows_per_second = 0;
  double seconds_left = 0;  ///< of all epochs
};

/// Called on the calling thread; each may be empty.
struct FitHooks {
  std::function<void(const FitProgress&)> on_step;
  std::function<void(const EpochLog&)> on_epoch;
  std::function<bool()> stop;  ///< asked after every step; true ends training early
};

struct FitResult {
  model::TensorMap tensors;  ///< of the epoch with the lowest validation loss, else the last
  std::vector<EpochLog> log;
  int best_epoch = 0;    ///< whose weights these are; 0: stopped before the first epoch ended
  bool stopped = false;  ///< FitHooks::stop ended it
};

/// Trains a network from random weights with cross-entropy. An empty `validation` means none: the
/// last epoch's weights are taken. Throws core::UsageError (no rows, no such device) and
/// core::DeviceError.
[[nodiscard]] FitResult fit(const model::Spec& spec, const Dataset& train,
                            const Dataset& validation, const FitOptions& options,
                            const FitHooks& hooks);

/// Probabilities of a model for every row, in order. Throws as fit().
[[nodiscard]] Predictions predict(const model::Spec& spec, const model::TensorMap& tensors,
                                  const Dataset& data, const ComputeOptions& options);

}  // namespace vio::train
