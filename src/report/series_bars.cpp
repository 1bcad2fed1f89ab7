#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "report/axis.hpp"
#include "report/svg.hpp"

namespace vio::report {

namespace {

constexpr double kBarHeight = 14;
constexpr double kGap = 8;
constexpr double kLongestLabel = 200;
constexpr double kTextDown = 11;

void check(const SeriesBars& chart) {
  if (chart.values.size() != chart.labels.size()) {
    throw std::invalid_argument("a chart of series needs one row of numbers a label");
  }
  for (const auto& row : chart.values) {
    if (row.size() != chart.series.size()) {
      throw std::invalid_argument("a chart of series needs one number a series in every row");
    }
    require_lengths(row);
  }
}

double row_length(const std::vector<Number>& row, BarLayout layout) {
  double length = 0;
  for (const auto& number : row) {
    length = layout == BarLayout::stacked ? length + number.value : std::max(length, number.value);
  }
  return length;
}

double scale_end(const SeriesBars& chart) {
  double largest = 0;
  for (const auto& row : chart.values) largest = std::max(largest, row_length(row, chart.layout));
  return largest > 0 ? largest : 1;
}

double label_width(const SeriesBars& chart) {
  return std::min(kLongestLabel, widest(chart.labels));
}

std::string tooltip(const SeriesBars& chart, std::size_t label, std::size_t series) {
  return fmt::format("{}, {}: {}", chart.labels[label], chart.series[series],
                     shown(chart.values[label][series]));
}

/// Draws one label's bars from `top` on.
void draw_row(Svg& svg, const SeriesBars& chart, std::size_t label, const Axis& x, double top) {
  double from = x.low;
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    const auto& number = chart.values[label][i];
    svg.rect(x.at(from), top, x.at(number.value) - x.from, kBarHeight,
             {series_style(i), tooltip(chart, label, i), number});
    if (chart.layout == BarLayout::stacked) {
      from += number.value;
    } else {
      svg.text(x.at(number.value) + kGap, top + kTextDown, shown(number), Anchor::start, "quiet");
      top += kBarHeight;
    }
  }
  if (chart.layout == BarLayout::stacked) {
    svg.text(x.at(from) + kGap, top + kTextDown, shown({from, {}, -1}), Anchor::start, "quiet");
  }
}

}  // namespace

std::string series_bars(const SeriesBars& chart) {
  check(chart);
  if (chart.labels.empty() || chart.series.empty()) return no_data(chart.text);
  constexpr double kValueWidth = 90;
  const double labels = label_width(chart);
  const Axis x{0, scale_end(chart), labels + kGap, kChartWidth - kValueWidth};
  const double bars =
      chart.layout == BarLayout::stacked ? 1 : static_cast<double>(chart.series.size());
  const double step = bars * kBarHeight + kGap;
  const double legend = legend_height(chart.series) + kGap;
  const double height = legend + static_cast<double>(chart.labels.size()) * step;
  Svg svg(height, chart.text);
  draw_legend(svg, chart.series, 0);
  for (std::size_t i = 0; i < chart.labels.size(); ++i) {
    const double top = legend + static_cast<double>(i) * step;
    svg.label(labels, top + bars * kBarHeight / 2 + kTextDown / 2, chart.labels[i], labels,
              Anchor::end);
    draw_row(svg, chart, i, x, top);
  }
  svg.line(x.from, legend, x.from, height, "axis");
  return svg.finish();
}

}  // namespace vio::report
