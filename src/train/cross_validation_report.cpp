#include <fmt/format.h>

#include <array>

#include "train/cross_validation.hpp"
#include "train/measurement_report.hpp"
#include "vio/train/report.hpp"

namespace vio::train {

namespace {

OrderedJson mean_to_json(const FoldMean& mean) {
  return score_to_json(mean.value, mean.interval);
}

OrderedJson fold_to_json(const FoldResult& fold, std::size_t number) {
  auto log = OrderedJson::array();
  for (const auto& epoch : fold.log) {
    OrderedJson entry{{"epoch", epoch.epoch}, {"train_loss", rounded_number(epoch.train_loss)}};
    if (epoch.validation_loss) {
      entry["validation_loss"] = rounded_number(*epoch.validation_loss);
    }
    entry["seconds"] = rounded_number(epoch.seconds);
    log.push_back(std::move(entry));
  }
  OrderedJson json{{"fold", number},
                   {"rows",
                    {{"train", fold.train_rows},
                     {"validation", fold.validation_rows},
                     {"test", fold.test_rows},
                     {"dropped_similar", fold.dropped_rows}}},
                   {"accuracy", rounded_number(fold.scores.accuracy)},
                   {"balanced_accuracy", rounded_number(fold.scores.balanced_accuracy)},
                   {"macro_f1", rounded_number(fold.scores.macro_f1)},
                   {"mcc", rounded_number(fold.scores.mcc)},
                   {"log_loss", rounded_number(fold.log_loss)},
                   {"last_whole_or_best_epoch", fold.best_epoch},
                   {"log", std::move(log)}};
  if (fold.temperature) {
    json["temperature"] = rounded_number(fold.temperature->temperature);
  }
  return json;
}

std::string table_line(std::string_view name, std::string_view rows,
                       const std::array<double, 5>& values) {
  auto line = fmt::format("{:<6}{:>7}", name, rows);
  for (const double value : values) {
    line += fmt::format("{:>10.4f}", value);
  }
  return line + '\n';
}

}  // namespace

OrderedJson cross_validation_to_json(const CrossValidation& result,
                                     const std::vector<std::string>& classes) {
  auto folds = OrderedJson::array();
  for (const auto& fold : result.folds) {
    folds.push_back(fold_to_json(fold, folds.size() + 1));
  }
  const auto& means = result.means;
  return {{"folds", std::move(folds)},
          {"mean_over_folds",
           {{"interval", "Student's t over folds, which share training rows: somewhat too narrow"},
            {"accuracy", mean_to_json(means.accuracy)},
            {"balanced_accuracy", mean_to_json(means.balanced_accuracy)},
            {"macro_f1", mean_to_json(means.macro_f1)},
            {"mcc", mean_to_json(means.mcc)},
            {"log_loss", mean_to_json(means.log_loss)}}},
          {"pooled", measurement_to_json(result.pooled, classes)}};
}

std::string cross_validation_to_text(const CrossValidation& result,
                                     const std::vector<std::string>& classes, bool colour) {
  auto text = fmt::format("{:<6}{:>7}{:>10}{:>10}{:>10}{:>10}{:>10}\n", "fold", "rows", "accuracy",
                          "balanced", "macro F1", "MCC", "log loss");
  for (std::size_t fold = 0; fold < result.folds.size(); ++fold) {
    const auto& of_fold = result.folds[fold];
    const auto& scores = of_fold.scores;
    text += table_line(
        fmt::format("{}", fold + 1), fmt::format("{}", of_fold.test_rows),
        {scores.accuracy, scores.balanced_accuracy, scores.macro_f1, scores.mcc, of_fold.log_loss});
  }
  const auto& means = result.means;
  const auto line = [&](std::string_view name, auto value) {
    return table_line(name, "",
                      {value(means.accuracy), value(means.balanced_accuracy), value(means.macro_f1),
                       value(means.mcc), value(means.log_loss)});
  };
  text += line("mean", [](const FoldMean& mean) { return mean.value; });
  text += line("low", [](const FoldMean& mean) { return mean.interval.low; });
  text += line("high", [](const FoldMean& mean) { return mean.interval.high; });
  text +=
      "low, high: 95 % interval of the mean by Student's t; folds share training rows, so it is "
      "somewhat too narrow\n\nall folds together: ";
  return text + measurement_to_text(result.pooled, classes, colour);
}

}  // namespace vio::train
