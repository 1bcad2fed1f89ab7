#include <cmath>

#include "train/json.hpp"
#include "vio/train/report.hpp"

namespace vio::train {

namespace {

/// Six decimals are more than the rows can tell, and keep files readable.
double rounded(double value) {
  return std::round(value * 1e6) / 1e6;
}

OrderedJson score(double value, const Interval& interval) {
  return {{"value", rounded(value)},
          {"interval_95", {rounded(interval.low), rounded(interval.high)}}};
}

OrderedJson class_table(const Evaluation& evaluation, std::span<const std::string> names) {
  auto table = OrderedJson::array();
  for (std::size_t k = 0; k < names.size(); ++k) {
    const auto& of_class = evaluation.classes[k];
    table.push_back({{"class", names[k]},
                     {"precision", rounded(of_class.precision)},
                     {"recall", rounded(of_class.recall)},
                     {"f1", rounded(of_class.f1)},
                     {"support", of_class.support},
                     {"predicted", of_class.predicted}});
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
                    {"confidence", rounded(bin.confidence)},
                    {"accuracy", rounded(bin.accuracy)}});
  }
  return list;
}

}  // namespace

std::string evaluation_to_json(const Evaluation& evaluation, std::span<const std::string> classes) {
  const auto& values = evaluation.scores;
  const auto& intervals = evaluation.intervals;
  const OrderedJson json{
      {"rows", evaluation.rows},
      {"bootstrap_resamples", evaluation.resamples},
      {"accuracy", score(values.accuracy, intervals.accuracy)},
      {"balanced_accuracy", score(values.balanced_accuracy, intervals.balanced_accuracy)},
      {"macro_f1", score(values.macro_f1, intervals.macro_f1)},
      {"mcc", score(values.mcc, intervals.mcc)},
      {"log_loss", rounded(evaluation.log_loss)},
      {"expected_calibration_error", rounded(evaluation.calibration.expected_error)},
      {"classes", class_table(evaluation, classes)},
      {"confusion_matrix", {{"rows_are", "truth"}, {"counts", matrix(evaluation.matrix)}}},
      {"calibration_bins", bins(evaluation.calibration)}};
  return json.dump();
}

}  // namespace vio::train
