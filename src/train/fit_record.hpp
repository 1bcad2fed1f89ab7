#pragma once

#include <optional>
#include <string>

#include "train/cross_validation.hpp"
#include "train/fit_data.hpp"
#include "train/json.hpp"
#include "train/measurement.hpp"
#include "train/temperature.hpp"
#include "vio/model/spec.hpp"
#include "vio/train/trainer.hpp"

namespace vio::train {

/// All that is worth knowing about one training run afterwards.
struct FitRecord {
  std::string command;
  std::string data_file;  ///< name without its folder
  std::string data_note;  ///< what the file is, in the user's words; may be empty
  std::string spec_name;
  std::vector<std::string> notes;
  model::Spec spec;
  std::string added_file;       ///< names without their folders; empty: there is none
  std::string validation_file;  ///< empty: a fraction, or none
  std::string test_file;        ///< empty: a fraction, or none
  std::string unlike_file;      ///< of --drop-similar-to
  PartOptions part_options;
  std::string recipe;
  FitOptions fit_options;
  std::size_t resamples = 0;
  std::uint32_t bootstrap_seed = 0;
  bool calibrate = true;       ///< fit a temperature on the validation rows, where there are any
  std::size_t table_rows = 0;  ///< usable rows of data_file
  std::size_t train_rows = 0;
  std::size_t validation_rows = 0;
  std::size_t test_rows = 0;
  std::size_t added_rows = 0;     ///< of added_file, dropped ones included
  std::size_t dropped_rows = 0;   ///< as in Parts
  std::size_t dropped_added = 0;  ///< as in Parts
  GroupCounts groups;             ///< as in Parts
  std::string test_fingerprint;   ///< of the test rows
  double majority_fraction =
      0;  ///< accuracy on the test rows of always saying their commonest class
  FitResult result;
  std::optional<CrossValidation> cross_validation;
  std::optional<TemperatureFit> temperature;  ///< folded into result.tensors
  std::optional<Measurement> measurement;     ///< of the test part, where there is one
  /// Of the test part at temperature 1, where there was another.
  std::optional<ProbabilityScores> uncalibrated;
};

/// Everything, for the metrics file.
[[nodiscard]] OrderedJson record_to_json(const FitRecord& record);
/// The numbers that belong on the model's card, one level deep.
[[nodiscard]] OrderedJson card_metrics(const FitRecord& record);
/// How the rows were divided, in one line for people.
[[nodiscard]] std::string describe_parts(const FitRecord& record);
/// How and on what the model was trained, for the model's card.
[[nodiscard]] std::string trained_on_text(const FitRecord& record);

}  // namespace vio::train
