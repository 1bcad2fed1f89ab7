#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vio/model/model.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/fit_options.hpp"
#include "vio/train/metrics.hpp"

namespace vio::train {

/// One epoch; losses in nats. That of training is the one that was minimised (smoothed, weighted,
/// with dropout), that of validation the mean of -ln p(truth).
struct EpochLog {
  int epoch = 0;  ///< from 1
  double train_loss = 0;
  double train_accuracy = 0;
  std::optional<double> validation_loss;
  std::optional<double> validation_accuracy;
  std::optional<double> validation_macro_f1;
  std::optional<double> validation_mcc;
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

/// A file to go on from after an interrupt; see fit().
struct CheckpointOptions {
  std::string path;     ///< empty: none is written
  bool resume = false;  ///< go on from `path` where it exists
};

/// What training starts from and what it may be told.
struct FitStart {
  CheckpointOptions checkpoint;
  model::TensorMap initial;  ///< replaces initial weights of the same name and shape
  /// Probabilities [train rows, classes] that FitOptions::distill_weight mixes into the loss as
  /// (1 - w) cross-entropy + w KL(teacher || model); empty: none.
  std::vector<float> teacher;
};

struct FitResult {
  model::TensorMap tensors;  ///< of the best epoch on the validation rows, else the last
  std::vector<EpochLog> log;
  int best_epoch = 0;      ///< whose weights these are; 0: stopped before the first epoch ended
  bool stopped = false;    ///< FitHooks::stop ended it
  int resumed_epochs = 0;  ///< epochs that were whole in the checkpoint
  std::size_t initial_tensors = 0;  ///< how many tensors FitStart::initial replaced
};

/// Trains a network with cross-entropy. An empty `validation` means none: the last epoch's weights
/// are taken. With a checkpoint, all that is needed to go on is written after every epoch and when
/// FitHooks::stop ends training; going on from it gives exactly the weights of an uninterrupted
/// run, and one of other data, options or spec is refused. The file is left to the caller to
/// remove. Throws core::UsageError (no rows, no such device, another run's checkpoint),
/// core::OutputError and core::DeviceError.
[[nodiscard]] FitResult fit(const model::Spec& spec, const Dataset& train,
                            const Dataset& validation, const FitOptions& options,
                            const FitHooks& hooks, const FitStart& inputs = {});

/// Probabilities of a model for every row, in order. Throws as fit().
[[nodiscard]] Predictions predict(const model::Spec& spec, const model::TensorMap& tensors,
                                  const Dataset& data, const ComputeOptions& options);

}  // namespace vio::train
