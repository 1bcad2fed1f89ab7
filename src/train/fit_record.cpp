#include "train/fit_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "train/measurement_report.hpp"
#include "train/option_names.hpp"
#include "train/test_part.hpp"
#include "vio/core/version.hpp"

namespace vio::train {

namespace {

double rounded(double value) {
  return std::round(value * 1e4) / 1e4;
}

OrderedJson epochs_to_json(const std::vector<EpochLog>& log) {
  auto list = OrderedJson::array();
  for (const auto& epoch : log) {
    OrderedJson entry{{"epoch", epoch.epoch},
                      {"train_loss", epoch.train_loss},
                      {"train_accuracy", epoch.train_accuracy}};
    if (epoch.validation_loss && epoch.validation_accuracy) {
      entry["validation_loss"] = *epoch.validation_loss;
      entry["validation_accuracy"] = *epoch.validation_accuracy;
      entry["validation_macro_f1"] = epoch.validation_macro_f1.value_or(0);
      entry["validation_mcc"] = epoch.validation_mcc.value_or(0);
    }
    entry["seconds"] = rounded(epoch.seconds);
    list.push_back(std::move(entry));
  }
  return list;
}

OrderedJson data_to_json(const FitRecord& record) {
  const auto& options = record.part_options;
  OrderedJson json{{"file", record.data_file},
                   {"note", record.data_note},
                   {"notes", record.notes},
                   {"classes", record.spec.classes},
                   {"split_by", name_of(kSplitKinds, options.division.by)},
                   {"split_seed", options.division.seed},
                   {"test_fraction", options.test_fraction},
                   {"test_file", record.test_file},
                   {"validation_fraction", options.validation_fraction},
                   {"validation_file", record.validation_file},
                   {"table_rows", record.table_rows},
                   {"rows",
                    {{"train", record.train_rows},
                     {"validation", record.validation_rows},
                     {"test", record.test_rows}}}};
  if (!record.added_file.empty()) {
    json["added"] = {{"file", record.added_file}, {"rows", record.added_rows}};
  }
  if (options.drop_similar > 0) {
    json["dropped_similar"] = {{"jaccard_of_11_mers", options.drop_similar},
                               {"to_test_rows", true},
                               {"to_file", record.unlike_file},
                               {"of_added_rows_only", options.drop_added_only},
                               {"rows", record.dropped_rows},
                               {"added_rows", record.dropped_added}};
  }
  json["test_part"] = test_part_to_json(record);
  json["test_majority_fraction"] = rounded(record.majority_fraction);
  return json;
}

/// What decided what was learnt.
OrderedJson choices_to_json(const FitRecord& record) {
  OrderedJson json{{"spec", record.spec_name}, {"recipe", record.recipe}};
  json.update(OrderedJson::parse(fit_options_to_json(record.fit_options)));
  return json;
}

OrderedJson training_to_json(const FitRecord& record) {
  OrderedJson json{{"spec", record.spec_name}, {"parameters", model::parameter_count(record.spec)}};
  json.update(choices_to_json(record));
  json["device"] = record.fit_options.compute.device;
  json["stopped_by_signal"] = record.result.stopped;
  json["resumed_after_epochs"] = record.result.resumed_epochs;
  json["tensors_from_another_model"] = record.result.initial_tensors;
  json["last_whole_or_best_epoch"] = record.result.best_epoch;
  json["log"] = epochs_to_json(record.result.log);
  return json;
}

std::string split_name(const Division& division) {
  return division.by == SplitBy::label
             ? "stratified"
             : fmt::format("homology-aware (Jaccard similarity of 11-mers below {})",
                           division.similarity);
}

/// One temperature's effect on the rows that it was fitted on, and on the test rows.
OrderedJson calibration_to_json(const FitRecord& record) {
  const auto& fitted = *record.temperature;
  OrderedJson json{
      {"temperature", fitted.temperature},
      {"validation",
       {{"rows", fitted.rows},
        {"expected_calibration_error_before", rounded_number(fitted.calibration_error_before)},
        {"expected_calibration_error_after", rounded_number(fitted.calibration_error_after)},
        {"log_loss_before", rounded_number(fitted.log_loss_before)},
        {"log_loss_after", rounded_number(fitted.log_loss_after)}}}};
  if (record.uncalibrated && record.measurement) {
    const auto& after = record.measurement->evaluation.probability;
    json["test"] = {{"expected_calibration_error_before",
                     rounded_number(record.uncalibrated->calibration_error)},
                    {"expected_calibration_error_after", rounded_number(after.calibration_error)},
                    {"log_loss_before", rounded_number(record.uncalibrated->log_loss)},
                    {"log_loss_after", rounded_number(after.log_loss)}};
  }
  return json;
}

/// A baseline's name as part of a key: `k_mers_and_length`.
std::string key_of(std::string name) {
  std::ranges::replace_if(
      name, [](char symbol) { return symbol == ' ' || symbol == '-'; }, '_');
  return name;
}

void add_card_baselines(const AgainstTraining& against, OrderedJson& json) {
  for (const auto& baseline : against.baselines) {
    const auto key = "baseline_" + key_of(baseline.name);
    json[key + "_accuracy"] = rounded(baseline.evaluation.scores.accuracy);
    json[key + "_macro_f1"] = rounded(baseline.evaluation.scores.macro_f1);
    json[key + "_mcc"] = rounded(baseline.evaluation.scores.mcc);
  }
  json["beats_baselines"] = against.beats_baselines();
  json["test_rows_nearly_in_training"] = against.overlap.nearly_the_same;
}

/// What the card reports: of the test part, or of all rows in a cross-validation, which says
/// nothing of a model whose training was stopped.
const Measurement* measured(const FitRecord& record) {
  if (record.result.stopped) {
    return nullptr;
  }
  if (record.cross_validation) {
    return &record.cross_validation->pooled;
  }
  return record.measurement ? &*record.measurement : nullptr;
}

/// What the trained model was, or can be, tested on.
std::string tested_text(const FitRecord& record) {
  const auto& options = record.part_options;
  const auto& division = options.division;
  if (!record.test_file.empty()) {
    return fmt::format("tested on {}", record.test_file);
  }
  if (options.folds > 0) {
    return fmt::format("no test part; measured by {}-fold cross-validation, {} folds, seed {}",
                       options.folds, split_name(division), division.seed);
  }
  return fmt::format("{} split, test fraction {}, seed {}", split_name(division),
                     options.test_fraction, division.seed);
}

/// Which rows trained.
std::string rows_text(const FitRecord& record) {
  const auto& options = record.part_options;
  auto text = fmt::format("{} of the {} usable rows of {}{}{}", record.train_rows,
                          record.table_rows + record.added_rows, record.data_file,
                          record.data_note.empty() ? "" : ", ", record.data_note);
  if (!record.added_file.empty()) {
    text += fmt::format(" and of {}, which only train", record.added_file);
  }
  text += fmt::format(" ({})", tested_text(record));
  if (record.dropped_rows + record.dropped_added > 0) {
    text += fmt::format(
        ", without {} rows whose 11-mers have a Jaccard similarity of at least {} with a row that "
        "is "
        "kept apart",
        record.dropped_rows + record.dropped_added, options.drop_similar);
  }
  return text;
}

}  // namespace

OrderedJson record_to_json(const FitRecord& record) {
  OrderedJson json{{"version", core::version()},
                   {"command", record.command},
                   {"data", data_to_json(record)},
                   {"training", training_to_json(record)}};
  if (record.temperature) {
    json["calibration"] = calibration_to_json(record);
  }
  if (record.cross_validation) {
    json["cross_validation"] =
        cross_validation_to_json(*record.cross_validation, record.spec.classes);
  }
  if (record.measurement) {
    json["test"] = measurement_to_json(*record.measurement, record.spec.classes);
  }
  return json;
}

OrderedJson card_metrics(const FitRecord& record) {
  OrderedJson json{{"test_part", test_part_to_json(record)}, {"training", choices_to_json(record)}};
  if (record.temperature) {
    json["temperature"] = rounded(record.temperature->temperature);
  }
  const auto* measurement = measured(record);
  if (measurement == nullptr) {
    return json;
  }
  const auto& evaluation = measurement->evaluation;
  const auto& scores = evaluation.scores;
  const auto& intervals = evaluation.intervals;
  if (record.cross_validation) {
    json["cross_validation_folds"] = record.cross_validation->folds.size();
  }
  json["test_rows"] = evaluation.rows;
  json["accuracy"] = rounded(scores.accuracy);
  json["accuracy_95_low"] = rounded(intervals.accuracy.low);
  json["accuracy_95_high"] = rounded(intervals.accuracy.high);
  json["macro_f1"] = rounded(scores.macro_f1);
  json["macro_f1_95_low"] = rounded(intervals.macro_f1.low);
  json["macro_f1_95_high"] = rounded(intervals.macro_f1.high);
  json["balanced_accuracy"] = rounded(scores.balanced_accuracy);
  json["mcc"] = rounded(scores.mcc);
  json["mcc_95_low"] = rounded(intervals.mcc.low);
  json["mcc_95_high"] = rounded(intervals.mcc.high);
  if (std::isfinite(evaluation.probability.auc)) {
    json["auc"] = rounded(evaluation.probability.auc);
  }
  json["log_loss"] = rounded(evaluation.probability.log_loss);
  json["expected_calibration_error"] = rounded(evaluation.probability.calibration_error);
  if (!record.cross_validation) {
    json["majority_class_accuracy"] = rounded(record.majority_fraction);
  }
  if (measurement->against) {
    add_card_baselines(*measurement->against, json);
  }
  return json;
}

std::string describe_parts(const FitRecord& record) {
  auto text = fmt::format("{} rows train, {} choose the epoch, {} are kept for the test",
                          record.train_rows, record.validation_rows, record.test_rows);
  if (record.groups.groups > 0) {
    text += fmt::format("; the rows form {} groups of similar sequences, the largest of {} rows",
                        record.groups.groups, record.groups.largest);
  }
  if (record.part_options.drop_similar > 0) {
    text += fmt::format(
        "; {} rows that would have trained were left out ({} of --add-train) because a row that is "
        "kept apart is similar (Jaccard similarity of 11-mers at least {})",
        record.dropped_rows + record.dropped_added, record.dropped_added,
        record.part_options.drop_similar);
  }
  return text;
}

std::string trained_on_text(const FitRecord& record) {
  const auto& options = record.fit_options;
  auto text = fmt::format("{}; {}{} with learning rate {}, batches of {}, {} epochs, seed {}",
                          rows_text(record),
                          record.recipe == "plain" ? "" : fmt::format("recipe {}, ", record.recipe),
                          name_of(kOptimizers, options.optimizer), options.learning_rate,
                          options.compute.batch_size, record.result.log.size(), options.seed);
  if (record.validation_rows > 0) {
    text += fmt::format("; weights of epoch {}, the best {} on {} validation rows",
                        record.result.best_epoch, name_of(kMonitors, options.monitor),
                        record.validation_rows);
  }
  if (record.temperature) {
    text += fmt::format("; calibrated on them with temperature {:.3f}",
                        record.temperature->temperature);
  }
  if (record.result.stopped) {
    text += "; stopped by a signal before its end";
  }
  return text;
}

}  // namespace vio::train
