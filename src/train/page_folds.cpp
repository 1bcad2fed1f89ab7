#include <array>

#include "train/page_parts.hpp"

namespace vio::train {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 5> kMeans{
    {{"accuracy", "accuracy"},
     {"balanced_accuracy", "balanced accuracy"},
     {"macro_f1", "macro F1"},
     {"mcc", "Matthews correlation (MCC)"},
     {"log_loss", "log-loss, nats"}}};

report::Table fold_table(const RecordPart& folds) {
  report::Table table{.caption = "Folds, each tested by a model that the others trained",
                      .columns = {"fold", "training rows", "validation rows", "test rows"},
                      .rows = {}};
  for (const auto& mean : kMeans) {
    table.columns.emplace_back(mean.second);
  }
  for (std::size_t i = 0; i < folds.size(); ++i) {
    const auto fold = folds.at(i);
    const auto rows = fold.at("rows");
    std::vector<report::Cell> cells{fold.at("fold").number(), rows.at("train").number(),
                                    rows.at("validation").number(), rows.at("test").number()};
    for (const auto& mean : kMeans) {
      cells.push_back(fold.at(mean.first).cell(kDecimals));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

report::Table mean_table(const RecordPart& means) {
  report::Table table{.caption = "Means over the folds, with 95 % intervals",
                      .columns = {"score", "mean", "from", "to"},
                      .rows = {}};
  for (const auto& [key, name] : kMeans) {
    const auto mean = means.at(key);
    table.rows.push_back({std::string(name), mean.at("value").cell(kDecimals),
                          mean.at("interval_95").at(0).cell(kDecimals),
                          mean.at("interval_95").at(1).cell(kDecimals)});
  }
  return table;
}

}  // namespace

void add_folds(report::Page& page, const RecordPart& cross_validation) {
  page.section("Cross-validation");
  page.paragraph(
      "Every row was tested once, by a model that did not train on it. The intervals of the means "
      "are Student's t over the folds; folds share training rows, so they are somewhat too narrow. "
      "The scores below are those of all rows together.");
  page.table(mean_table(cross_validation.at("mean_over_folds")));
  page.table(fold_table(cross_validation.at("folds")));
}

}  // namespace vio::train
