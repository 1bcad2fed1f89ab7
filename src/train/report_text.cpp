#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "vio/train/report.hpp"

namespace vio::train {

namespace {

constexpr std::size_t kLeastNameWidth = 10;

std::string number(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.4f}", value);
}

std::string score_line(std::string_view name, double value, const Interval& interval) {
  return fmt::format("{:<20}{:>8}   [{}, {}]\n", name, number(value), number(interval.low),
                     number(interval.high));
}

std::size_t name_width(std::span<const std::string> classes) {
  std::size_t width = kLeastNameWidth;
  for (const auto& name : classes) {
    width = std::max(width, name.size());
  }
  return width;
}

std::string class_table(const Evaluation& evaluation, std::span<const std::string> classes) {
  const auto width = name_width(classes);
  auto text =
      fmt::format("{:<{}}  precision    recall        f1       auc   support\n", "class", width);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const auto& of_class = evaluation.classes[k];
    text += fmt::format("{:<{}}  {:>9.4f} {:>9.4f} {:>9.4f} {:>9} {:>9}\n", classes[k], width,
                        of_class.precision, of_class.recall, of_class.f1, number(of_class.auc),
                        of_class.support);
  }
  return text;
}

/// Columns are numbered like the rows, so that many long names still fit.
std::string confusion_table(const ConfusionMatrix& counts, std::span<const std::string> classes) {
  const auto width = name_width(classes);
  const auto cell = fmt::format("{}", *std::ranges::max_element(counts.counts)).size() + 1;
  const auto column = std::max<std::size_t>(cell, 4);
  auto text = fmt::format("{:<{}}", "truth \\ predicted", width + 5);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    text += fmt::format("{:>{}}", k + 1, column);
  }
  text += '\n';
  const auto indent = std::max(width + 5, std::string_view("truth \\ predicted").size());
  for (std::size_t truth = 0; truth < classes.size(); ++truth) {
    text += fmt::format("{:<{}}", fmt::format("{:>3} {}", truth + 1, classes[truth]), indent);
    for (std::size_t predicted = 0; predicted < classes.size(); ++predicted) {
      text += fmt::format("{:>{}}", counts.at(static_cast<int>(truth), static_cast<int>(predicted)),
                          column);
    }
    text += '\n';
  }
  return text;
}

}  // namespace

std::string evaluation_to_text(const Evaluation& evaluation, std::span<const std::string> classes) {
  const auto& values = evaluation.scores;
  const auto& intervals = evaluation.intervals;
  auto text = fmt::format("{} rows; 95 % intervals from {} bootstrap resamples\n\n",
                          evaluation.rows, evaluation.resamples);
  text += score_line("accuracy", values.accuracy, intervals.accuracy);
  text += score_line("balanced accuracy", values.balanced_accuracy, intervals.balanced_accuracy);
  text += score_line("macro F1", values.macro_f1, intervals.macro_f1);
  text += score_line("MCC", values.mcc, intervals.mcc);
  const auto& probability = evaluation.probability;
  text += score_line("AUC", probability.auc, intervals.auc);
  text += score_line("log loss", probability.log_loss, intervals.log_loss);
  text +=
      score_line("calibration error", probability.calibration_error, intervals.calibration_error) +
      '\n';
  text += class_table(evaluation, classes) + '\n';
  text += confusion_table(evaluation.matrix, classes);
  return text;
}

}  // namespace vio::train
