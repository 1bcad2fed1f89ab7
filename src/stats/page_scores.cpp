#include <fmt/format.h>

#include "stats/page_parts.hpp"
#include "vio/report/charts.hpp"

namespace vio::stats {

namespace {

constexpr double kMillion = 1e6;
constexpr int kDecimals = 6;

report::Histogram chart_of(const annotate::Distribution& distribution, std::string_view key) {
  report::Histogram chart;
  chart.begin = distribution.begin / kMillion;
  chart.width = distribution.width / kMillion;
  for (std::size_t i = 0; i < distribution.counts.size(); ++i) {
    chart.counts.push_back(
        number(distribution.counts[i], fmt::format("/summary/{}/counts/{}", key, i)));
  }
  return chart;
}

/// Bins that hold anything.
report::Table table_of(const annotate::Distribution& distribution, std::string_view key,
                       const std::string& rows, const std::string& caption) {
  report::Table table{caption, {"from", "to", rows}, {}};
  for (std::size_t i = 0; i < distribution.counts.size(); ++i) {
    if (distribution.counts[i] == 0) continue;
    const auto low = distribution.begin + static_cast<std::int64_t>(i) * distribution.width;
    table.rows.push_back(
        {fmt::format("{:.2f}", static_cast<double>(low) / kMillion),
         fmt::format("{:.2f}", static_cast<double>(low + distribution.width) / kMillion),
         number(distribution.counts[i], fmt::format("/summary/{}/counts/{}", key, i))});
  }
  return table;
}

report::Facts facts_of(const annotate::Distribution& distribution) {
  const auto n = static_cast<double>(distribution.n);
  const double mean =
      distribution.n == 0 ? 0 : static_cast<double>(distribution.sum) / n / kMillion;
  return {{"mean", report::Number{mean, {}, kDecimals}},
          {"smallest", report::Number{distribution.minimum / kMillion, {}, kDecimals}},
          {"largest", report::Number{distribution.maximum / kMillion, {}, kDecimals}}};
}

}  // namespace

void add_scores(report::Page& page, const RunStats& stats) {
  const auto& scores = stats.summary.scores;
  page.section("Scores");
  if (scores.n > 0) page.facts(facts_of(scores));
  auto chart = chart_of(scores, "scores");
  chart.text = {fmt::format("Histogram: scores of {}", stats.rows),
                "The numbers are in the table below the chart."};
  chart.x_label = "probability of the most probable class";
  chart.y_label = stats.rows;
  page.figure({fmt::format("How sure the model is: the probability of the class that each of the "
                           "scored {} got{}.",
                           stats.rows, stats.variants ? ", with ALT" : ""),
               report::histogram(chart),
               table_of(scores, "scores", stats.rows, "Scores in bins of 0.02")});
}

void add_deltas(report::Page& page, const RunStats& stats) {
  const auto& deltas = stats.summary.deltas;
  page.section("Changes from REF to ALT");
  if (deltas.n > 0) page.facts(facts_of(deltas));
  auto chart = chart_of(deltas, "deltas");
  chart.text = {"Histogram: change of probability from REF to ALT",
                "The numbers are in the table below the chart."};
  chart.x_label = "delta: probability with ALT less probability with REF";
  chart.y_label = "alleles";
  chart.scale = report::Scale::logarithmic;
  page.figure(
      {"Change of the probability of the class that changes most. Counts are on a "
       "logarithmic scale, because most alleles change little.",
       report::histogram(chart), table_of(deltas, "deltas", "alleles", "Deltas in bins of 0.02")});
}

}  // namespace vio::stats
