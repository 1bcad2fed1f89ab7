#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "train/learner.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// What must be the same for a run to be gone on with.
struct RunIdentity {
  std::string options;  ///< fit_options_to_json
  std::string spec;     ///< spec_to_json
  std::string data;     ///< fingerprint of the training and validation rows

  bool operator==(const RunIdentity&) const = default;
};

[[nodiscard]] RunIdentity identify(const model::Spec& spec, const Dataset& train,
                                   const Dataset& validation, const FitOptions& options,
                                   const FitStart& start);

/// A training run between two steps.
struct Checkpoint {
  RunIdentity identity;
  LearnerState learner;
  int epoch = 1;              ///< the one under way, from 1
  std::size_t rows_done = 0;  ///< of it
  StepResult sum;             ///< over those rows
  double best_score = 0;      ///< on the validation rows; meaningless before the first epoch's end
  int best_epoch = 0;
  model::TensorMap best;  ///< weights; empty: none chosen yet
  std::vector<EpochLog> log;
};

/// A .safetensors file under a temporary name, then renamed. Throws core::OutputError.
void save_checkpoint(const Checkpoint& checkpoint, const std::string& path);

/// Nothing where the file does not exist. Throws core::UsageError for a checkpoint of a run that
/// is not `identity`, core::ModelError for a file that is none.
[[nodiscard]] std::optional<Checkpoint> load_checkpoint(const std::string& path,
                                                        const RunIdentity& identity);

}  // namespace vio::train
