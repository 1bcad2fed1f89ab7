#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "stats/page_parts.hpp"
#include "vio/report/charts.hpp"

namespace vio::stats {

namespace {

constexpr std::size_t kMostBars = 40;

std::string key(std::string_view list, std::size_t index) {
  return fmt::format("/summary/{}/{}/count", list, index);
}

/// Classes to draw, in the model's order: all of them, or of many the most frequent.
std::vector<std::size_t> drawn_classes(const RunStats& stats) {
  std::vector<std::size_t> order(stats.classes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (order.size() <= kMostBars) return order;
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t index) {
    return stats.summary.labels[index] + stats.summary.ref_labels[index];
  });
  order.resize(kMostBars);
  std::ranges::sort(order);
  return order;
}

report::Table class_table(const RunStats& stats) {
  const auto& summary = stats.summary;
  report::Table table{fmt::format("Scored {} by class", stats.rows), {"class", stats.rows}, {}};
  if (stats.variants) table.columns = {"class", "alleles (ALT)", "records (REF)"};
  for (std::size_t i = 0; i < stats.classes.size(); ++i) {
    std::vector<report::Cell> row{stats.classes[i], number(summary.labels[i], key("classes", i))};
    if (stats.variants) row.emplace_back(number(summary.ref_labels[i], key("ref_classes", i)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string bars_of_rows(const RunStats& stats) {
  report::BarChart chart;
  chart.text = {fmt::format("Bar chart: scored {} by class", stats.rows),
                "The numbers are in the table below the chart."};
  for (const auto index : drawn_classes(stats)) {
    chart.bars.push_back(
        {stats.classes[index], number(stats.summary.labels[index], key("classes", index))});
  }
  return report::bar_chart(chart);
}

std::string bars_of_alleles(const RunStats& stats) {
  report::SeriesBars chart;
  chart.text = {"Bar chart: classes with REF and with ALT",
                "The numbers are in the table below the chart."};
  chart.series = {"records, with REF", "alleles, with ALT"};
  for (const auto index : drawn_classes(stats)) {
    chart.labels.push_back(stats.classes[index]);
    chart.values.push_back({number(stats.summary.ref_labels[index], key("ref_classes", index)),
                            number(stats.summary.labels[index], key("classes", index))});
  }
  return report::series_bars(chart);
}

}  // namespace

void add_classes(report::Page& page, const RunStats& stats) {
  page.section("Classes");
  if (stats.variants) {
    page.facts({{"alleles whose class is not that of REF",
                 number(stats.summary.label_changes, "/summary/label_changes")}});
  }
  std::string caption =
      stats.variants ? "The most probable class of scored records with REF, and of their alleles "
                       "with ALT."
                     : fmt::format("Scored {} by their most probable class.", stats.rows);
  if (stats.classes.size() > kMostBars) {
    caption += fmt::format(" The {} most frequent of {} classes are drawn; the table has all.",
                           kMostBars, stats.classes.size());
  }
  page.figure(
      {caption, stats.variants ? bars_of_alleles(stats) : bars_of_rows(stats), class_table(stats)});
}

}  // namespace vio::stats
