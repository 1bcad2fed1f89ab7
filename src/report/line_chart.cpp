#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "report/axis.hpp"
#include "report/svg.hpp"

namespace vio::report {

namespace {

constexpr double kPlotHeight = 260;
constexpr double kLeft = 66;
constexpr double kBottom = 48;
constexpr double kTop = 10;
constexpr double kRight = 16;
constexpr std::size_t kMostDots = 60;  // a series with more points is its line alone

void check(const LineChart& chart) {
  for (const auto& series : chart.series) {
    for (const auto& point : series.points) {
      if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
        throw std::invalid_argument("a line needs points that are finite");
      }
    }
  }
  for (const auto& range : {chart.x_range, chart.y_range}) {
    if (range &&
        !(std::isfinite(range->low) && std::isfinite(range->high) && range->low < range->high)) {
      throw std::invalid_argument("a range needs finite ends in order");
    }
  }
}

bool is_empty(const LineChart& chart) {
  return std::ranges::all_of(chart.series,
                             [](const auto& series) { return series.points.empty(); });
}

Interval span_of(const LineChart& chart, double Point::*coordinate) {
  Interval span{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
  for (const auto& series : chart.series) {
    for (const auto& point : series.points) {
      span.low = std::min(span.low, point.*coordinate);
      span.high = std::max(span.high, point.*coordinate);
    }
  }
  return widened(span);
}

void draw_diagonal(Svg& svg, const Axis& x, const Axis& y) {
  const double low = std::max(x.low, y.low);
  const double high = std::min(x.high, y.high);
  if (low < high) svg.line(x.at(low), y.at(low), x.at(high), y.at(high), "reference");
}

void draw_series(Svg& svg, const LineSeries& series, std::size_t index, const Axis& x,
                 const Axis& y) {
  std::vector<Point> places;
  places.reserve(series.points.size());
  for (const auto& point : series.points) {
    places.push_back(
        {x.at(std::clamp(point.x, x.low, x.high)), y.at(std::clamp(point.y, y.low, y.high))});
  }
  const auto style = series_style(index);
  if (places.size() > 1) svg.path(places, {"line " + style, series.name});
  if (places.size() > kMostDots) return;
  constexpr double kRadius = 2.5;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& point = series.points[i];
    svg.circle(
        places[i].x, places[i].y, kRadius,
        {style, fmt::format("{}: {:.6g}, {:.6g}", series.name, point.x, point.y), Number{point.y}});
  }
}

}  // namespace

std::string line_chart(const LineChart& chart) {
  check(chart);
  if (is_empty(chart)) return no_data(chart.text);
  std::vector<std::string> names;
  for (const auto& series : chart.series) names.push_back(series.name);
  const double legend = names.size() > 1 ? legend_height(names) + kTop : 0;
  const auto x_range = chart.x_range.value_or(span_of(chart, &Point::x));
  const auto y_range = chart.y_range.value_or(span_of(chart, &Point::y));
  const Axis x{x_range.low, x_range.high, kLeft, kChartWidth - kRight};
  const Axis y{y_range.low, y_range.high, legend + kPlotHeight - kBottom, legend + kTop};
  Svg svg(legend + kPlotHeight, chart.text);
  if (names.size() > 1) draw_legend(svg, names, 0);
  draw_y_axis(svg, y, x, chart.y_label);
  draw_x_axis(svg, x, y, chart.x_label);
  if (chart.diagonal) draw_diagonal(svg, x, y);
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    draw_series(svg, chart.series[i], i, x, y);
  }
  return svg.finish();
}

}  // namespace vio::report
