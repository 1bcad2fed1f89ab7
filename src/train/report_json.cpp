#include <cmath>

#include "train/measurement_report.hpp"
#include "vio/train/report.hpp"

namespace vio::train {

namespace {

OrderedJson class_table(const Evaluation& evaluation, std::span<const std::string> names) {
  auto table = OrderedJson::array();
  for (std::size_t k = 0; k < names.size(); ++k) {
    const auto& of_class = evaluation.classes[k];
    const auto& intervals = evaluation.class_intervals[k];
    table.push_back({{"class", names[k]},
                     {"precision", rounded_number(of_class.precision)},
                     {"recall", rounded_number(of_class.recall)},
                     {"f1", rounded_number(of_class.f1)},
                     {"auc", rounded_number(of_class.auc)},
                     {"support", of_class.support},
                     {"predicted", of_class.predicted},
                     {"intervals_95",
                      {{"precision", interval_to_json(intervals.precision)},
                       {"recall", interval_to_json(intervals.recall)},
                       {"f1", interval_to_json(intervals.f1)},
                       {"auc", interval_to_json(intervals.auc)}}}});
  }
  return table;
}

OrderedJson matrix(const ConfusionMatrix& counts) {
  auto rows = OrderedJson::array();
  const auto n = static_cast<int>(counts.n_classes);
  for (int truth = 0; truth < n; ++truth) {
    auto row = OrderedJson::array();
    for (int predicted = 0; predicted < n; ++predicted) {
      row.push_back(counts.at(truth, predicted));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

OrderedJson bins(const Calibration& calibration) {
  auto list = OrderedJson::array();
  for (const auto& bin : calibration.bins) {
    list.push_back({{"rows", bin.rows},
                    {"confidence", rounded_number(bin.confidence)},
                    {"accuracy", rounded_number(bin.accuracy)}});
  }
  return list;
}

OrderedJson roc_curves(const Evaluation& evaluation, std::span<const std::string> names) {
  auto curves = OrderedJson::array();
  for (std::size_t k = 0; k < names.size(); ++k) {
    auto points = OrderedJson::array();
    for (const auto& point : evaluation.roc[k]) {
      points.push_back(
          {rounded_number(point.false_positive_rate), rounded_number(point.true_positive_rate)});
    }
    curves.push_back({{"class", names[k]}, {"points", std::move(points)}});
  }
  return curves;
}

}  // namespace

OrderedJson rounded_number(double value) {
  constexpr double kParts = 1e6;
  return std::isfinite(value) ? OrderedJson(std::round(value * kParts) / kParts) : OrderedJson();
}

OrderedJson interval_to_json(const Interval& interval) {
  return {rounded_number(interval.low), rounded_number(interval.high)};
}

OrderedJson score_to_json(double value, const Interval& interval) {
  return {{"value", rounded_number(value)}, {"interval_95", interval_to_json(interval)}};
}

OrderedJson scores_to_json(const Evaluation& evaluation) {
  const auto& values = evaluation.scores;
  const auto& probability = evaluation.probability;
  const auto& intervals = evaluation.intervals;
  return {
      {"accuracy", score_to_json(values.accuracy, intervals.accuracy)},
      {"balanced_accuracy", score_to_json(values.balanced_accuracy, intervals.balanced_accuracy)},
      {"macro_f1", score_to_json(values.macro_f1, intervals.macro_f1)},
      {"mcc", score_to_json(values.mcc, intervals.mcc)},
      {"auc", score_to_json(probability.auc, intervals.auc)},
      {"log_loss", score_to_json(probability.log_loss, intervals.log_loss)},
      {"expected_calibration_error",
       score_to_json(probability.calibration_error, intervals.calibration_error)}};
}

OrderedJson evaluation_json(const Evaluation& evaluation, std::span<const std::string> classes) {
  OrderedJson json{{"rows", evaluation.rows}, {"bootstrap_resamples", evaluation.resamples}};
  json.update(scores_to_json(evaluation));
  json["classes"] = class_table(evaluation, classes);
  json["confusion_matrix"] = {{"rows_are", "truth"}, {"counts", matrix(evaluation.matrix)}};
  json["calibration_bins"] = bins(evaluation.calibration);
  json["roc_curves"] = roc_curves(evaluation, classes);
  return json;
}

std::string evaluation_to_json(const Evaluation& evaluation, std::span<const std::string> classes) {
  return evaluation_json(evaluation, classes).dump();
}

}  // namespace vio::train
