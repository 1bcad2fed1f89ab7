#include <fmt/format.h>

#include "train/page_parts.hpp"

namespace vio::train {

namespace {

std::vector<std::string> class_list(const RecordPart& classes) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    names.push_back(classes.at(k).at("class").text());
  }
  return names;
}

void add_class_bars(report::Page& page, const RecordPart& classes, const std::string& key,
                    const std::string& name) {
  std::vector<report::Bar> bars;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const auto of_class = classes.at(k);
    if (of_class.at(key).is_number()) {
      bars.push_back({.label = of_class.at("class").text(),
                      .number = of_class.at(key).number(3),
                      .interval = of_class.at("intervals_95").at(key).interval()});
    }
  }
  page.figure(
      {.caption = name + " of every class, with 95 % intervals",
       .svg = report::bar_chart(
           {.text = {.title = name + " of every class"}, .bars = std::move(bars), .maximum = 1.0}),
       .data = {}});
}

report::Table class_table(const RecordPart& classes) {
  report::Table table{
      .caption = "Classes, as scikit-learn's classification report has them",
      .columns = {"class", "rows", "called", "precision", "recall", "F1", "AUC against the rest"},
      .rows = {}};
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const auto of_class = classes.at(k);
    table.rows.push_back({of_class.at("class").text(), of_class.at("support").number(),
                          of_class.at("predicted").number(),
                          of_class.at("precision").cell(kDecimals),
                          of_class.at("recall").cell(kDecimals), of_class.at("f1").cell(kDecimals),
                          of_class.at("auc").cell(kDecimals)});
  }
  return table;
}

}  // namespace

void add_classes(report::Page& page, const RecordPart& test) {
  page.section("Classes");
  const auto classes = test.at("classes");
  page.table(class_table(classes));
  add_class_bars(page, classes, "recall", "Recall");
  add_class_bars(page, classes, "precision", "Precision");
  add_class_bars(page, classes, "f1", "F1");
}

void add_confusion(report::Page& page, const RecordPart& test) {
  page.section("Confusion matrix");
  const auto names = class_list(test.at("classes"));
  const auto counts = test.at("confusion_matrix").at("counts");
  report::HeatMap chart{.text = {.title = "Confusion matrix",
                                 .description = "rows are the truth, columns what was called"},
                        .rows = names,
                        .columns = names,
                        .values = {},
                        .row_label = "truth",
                        .column_label = "called",
                        .by_row = true};
  for (std::size_t truth = 0; truth < names.size(); ++truth) {
    for (std::size_t called = 0; called < names.size(); ++called) {
      chart.values.push_back(counts.at(truth).at(called).number());
    }
  }
  page.figure({.caption = "Rows of each class by what the model called them; shades are parts of "
                          "the class",
               .svg = report::heat_map(chart),
               .data = {}});
}

void add_roc(report::Page& page, const RecordPart& test) {
  page.section("ROC curves");
  const auto curves = test.at("roc_curves");
  report::LineChart chart{.text = {.title = "ROC curves, each class against the rest"},
                          .series = {},
                          .x_label = "false positive rate",
                          .y_label = "true positive rate",
                          .x_range = report::Interval{0, 1},
                          .y_range = report::Interval{0, 1},
                          .diagonal = true};
  report::Table data{.caption = "Points of the curves",
                     .columns = {"class", "false positive rate", "true positive rate"},
                     .rows = {}};
  for (std::size_t k = 0; k < curves.size(); ++k) {
    const auto name = curves.at(k).at("class").text();
    const auto points = curves.at(k).at("points");
    report::LineSeries series{.name = name, .points = {}};
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto x = points.at(i).at(0);
      const auto y = points.at(i).at(1);
      series.points.push_back({.x = x.value(), .y = y.value()});
      data.rows.push_back({name, x.number(kDecimals), y.number(kDecimals)});
    }
    if (!series.points.empty()) {
      chart.series.push_back(std::move(series));
    }
  }
  page.figure({.caption = "Each class against the rest, at every threshold of its probability",
               .svg = report::line_chart(chart),
               .data = std::move(data)});
}

}  // namespace vio::train
