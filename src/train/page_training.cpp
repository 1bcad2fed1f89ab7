#include <fmt/format.h>

#include "train/page_parts.hpp"

namespace vio::train {

namespace {

/// One column of the log of epochs; nothing where it was not measured.
std::optional<report::LineSeries> log_series(const RecordPart& log, const std::string& key,
                                             const std::string& name) {
  report::LineSeries series{.name = name, .points = {}};
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (log.at(i).has(key)) {
      series.points.push_back({.x = log.at(i).at("epoch").value(), .y = log.at(i).at(key).value()});
    }
  }
  return series.points.empty() ? std::nullopt : std::optional(std::move(series));
}

using Columns = std::vector<std::pair<std::string, std::string>>;  ///< keys and names

void add_curves(report::Page& page, const RecordPart& log, const std::string& caption,
                const std::string& y_label, const Columns& columns) {
  report::LineChart chart{
      .text = {.title = caption}, .series = {}, .x_label = "epoch", .y_label = y_label};
  for (const auto& [key, name] : columns) {
    if (auto series = log_series(log, key, name)) {
      chart.series.push_back(std::move(*series));
    }
  }
  report::Table data{.caption = caption, .columns = {"epoch"}, .rows = {}};
  for (const auto& column : columns) {
    data.columns.push_back(column.second);
  }
  for (std::size_t i = 0; i < log.size(); ++i) {
    std::vector<report::Cell> row{log.at(i).at("epoch").number()};
    for (const auto& column : columns) {
      row.push_back(log.at(i).has(column.first) ? log.at(i).at(column.first).cell(kDecimals)
                                                : report::Cell("-"));
    }
    data.rows.push_back(std::move(row));
  }
  page.figure({.caption = caption, .svg = report::line_chart(chart), .data = std::move(data)});
}

/// Rows of the table of choices; nested objects by their path.
void append_choices(const RecordPart& part, const std::string& name, report::Table& table) {
  if (!part.json().is_object()) {
    table.rows.push_back({name, part.cell()});
    return;
  }
  for (const auto& entry : part.json().items()) {
    if (entry.key() != "log") {
      append_choices(part.at(entry.key()), name.empty() ? entry.key() : name + " / " + entry.key(),
                     table);
    }
  }
}

}  // namespace

void add_calibration(report::Page& page, const RecordPart& test) {
  page.section("Calibration");
  const auto bins = test.at("calibration_bins");
  report::LineSeries series{.name = "accuracy", .points = {}};
  report::Table data{.caption = "Rows by their highest probability",
                     .columns = {"mean confidence", "accuracy", "rows"},
                     .rows = {}};
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const auto bin = bins.at(i);
    if (bin.at("rows").value() > 0) {
      series.points.push_back({.x = bin.at("confidence").value(), .y = bin.at("accuracy").value()});
      data.rows.push_back({bin.at("confidence").number(kDecimals),
                           bin.at("accuracy").number(kDecimals), bin.at("rows").number()});
    }
  }
  page.figure({.caption = "Reliability: of rows that are called with some confidence, the part "
                          "that is right; on the dashed line the two agree",
               .svg = report::line_chart({.text = {.title = "Reliability diagram"},
                                          .series = {std::move(series)},
                                          .x_label = "confidence",
                                          .y_label = "accuracy",
                                          .x_range = report::Interval{0, 1},
                                          .y_range = report::Interval{0, 1},
                                          .diagonal = true}),
               .data = std::move(data)});
}

void add_temperature(report::Page& page, const RecordPart& calibration) {
  const auto validation = calibration.at("validation");
  report::Table table{
      .caption = "Effect of the temperature",
      .columns = {"rows", "ECE before", "ECE after", "log-loss before", "log-loss after"},
      .rows = {}};
  for (const auto* part : {"validation", "test"}) {
    if (calibration.has(part)) {
      const auto of = calibration.at(part);
      table.rows.push_back(
          {std::string(part), of.at("expected_calibration_error_before").cell(kDecimals),
           of.at("expected_calibration_error_after").cell(kDecimals),
           of.at("log_loss_before").cell(kDecimals), of.at("log_loss_after").cell(kDecimals)});
    }
  }
  page.facts({{"temperature", calibration.at("temperature").number(kDecimals)},
              {"validation rows it was fitted on", validation.at("rows").number()}});
  page.table(table);
}

void add_learning(report::Page& page, const RecordPart& training) {
  page.section("Learning curves");
  const auto log = training.at("log");
  add_curves(page, log, "Loss of every epoch; that of training is the one that was minimised",
             "loss, nats", {{"train_loss", "training"}, {"validation_loss", "validation"}});
  add_curves(page, log, "Accuracy of every epoch", "accuracy",
             {{"train_accuracy", "training"}, {"validation_accuracy", "validation"}});
}

void add_choices(report::Page& page, const RecordPart& record) {
  page.section("How this was made");
  report::Table table{.caption = "Data and choices", .columns = {"choice", "value"}, .rows = {}};
  for (const auto* part : {"command", "model", "data", "training"}) {
    if (record.has(part)) {
      append_choices(record.at(part), part, table);
    }
  }
  page.table(table);
}

}  // namespace vio::train
