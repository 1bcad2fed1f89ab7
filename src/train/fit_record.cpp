#include "train/fit_record.hpp"

#include <fmt/format.h>

#include <cmath>

#include "vio/core/version.hpp"
#include "vio/train/report.hpp"

namespace vio::train {

namespace {

double rounded(double value) {
  return std::round(value * 1e4) / 1e4;
}

std::string_view optimizer_name(Optimizer optimizer) {
  return optimizer == Optimizer::adamw ? "adamw" : "adam";
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
    }
    entry["seconds"] = rounded(epoch.seconds);
    list.push_back(std::move(entry));
  }
  return list;
}

OrderedJson training_to_json(const FitRecord& record) {
  const auto& options = record.fit_options;
  return {{"spec", record.spec_name},
          {"parameters", model::parameter_count(record.spec)},
          {"optimizer", optimizer_name(options.optimizer)},
          {"learning_rate", options.learning_rate},
          {"weight_decay", options.weight_decay},
          {"dropout_channels", options.dropout_channels},
          {"dropout_head", options.dropout_head},
          {"batch_size", options.compute.batch_size},
          {"epochs", options.epochs},
          {"patience", options.patience},
          {"seed", options.seed},
          {"device", options.compute.device},
          {"threads", options.compute.threads},
          {"stopped_by_signal", record.result.stopped},
          {"last_whole_or_best_epoch", record.result.best_epoch},
          {"log", epochs_to_json(record.result.log)}};
}

}  // namespace

OrderedJson record_to_json(const FitRecord& record) {
  OrderedJson json{{"version", core::version()},
                   {"command", record.command},
                   {"data",
                    {{"file", record.data_file},
                     {"note", record.data_note},
                     {"notes", record.notes},
                     {"classes", record.spec.classes},
                     {"split_seed", record.part_options.seed},
                     {"test_fraction", record.part_options.test_fraction},
                     {"validation_fraction", record.part_options.validation_fraction},
                     {"rows",
                      {{"train", record.train_rows},
                       {"validation", record.validation_rows},
                       {"test", record.test_rows}}},
                     {"test_majority_fraction", rounded(record.majority_fraction)}}},
                   {"training", training_to_json(record)}};
  if (record.evaluation) {
    json["test"] = OrderedJson::parse(evaluation_to_json(*record.evaluation, record.spec.classes));
  }
  return json;
}

OrderedJson card_metrics(const FitRecord& record) {
  auto json = OrderedJson::object();
  if (!record.evaluation) {
    return json;
  }
  const auto& scores = record.evaluation->scores;
  const auto& intervals = record.evaluation->intervals;
  json["test_rows"] = record.test_rows;
  json["accuracy"] = rounded(scores.accuracy);
  json["accuracy_95_low"] = rounded(intervals.accuracy.low);
  json["accuracy_95_high"] = rounded(intervals.accuracy.high);
  json["macro_f1"] = rounded(scores.macro_f1);
  json["macro_f1_95_low"] = rounded(intervals.macro_f1.low);
  json["macro_f1_95_high"] = rounded(intervals.macro_f1.high);
  json["balanced_accuracy"] = rounded(scores.balanced_accuracy);
  json["mcc"] = rounded(scores.mcc);
  json["expected_calibration_error"] = rounded(record.evaluation->calibration.expected_error);
  json["majority_class_accuracy"] = rounded(record.majority_fraction);
  return json;
}

std::string trained_on_text(const FitRecord& record) {
  const auto& options = record.fit_options;
  auto text = fmt::format(
      "{} of the {} usable rows of {}{}{} (stratified split, test fraction {}, seed {}); {} with "
      "learning rate {}, batches of {}, {} epochs, seed {}",
      record.train_rows, record.train_rows + record.validation_rows + record.test_rows,
      record.data_file, record.data_note.empty() ? "" : ", ", record.data_note,
      record.part_options.test_fraction, record.part_options.seed,
      optimizer_name(options.optimizer), options.learning_rate, options.compute.batch_size,
      record.result.log.size(), options.seed);
  if (record.validation_rows > 0) {
    text += fmt::format("; weights of epoch {}, the lowest loss on {} validation rows",
                        record.result.best_epoch, record.validation_rows);
  }
  if (record.result.stopped) {
    text += "; stopped by a signal before its end";
  }
  return text;
}

}  // namespace vio::train
