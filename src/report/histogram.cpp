#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "report/axis.hpp"
#include "report/svg.hpp"

namespace vio::report {

namespace {

constexpr double kHeight = 260;
constexpr double kLeft = 66;
constexpr double kBottom = 48;
constexpr double kTop = 10;
constexpr double kRight = 12;

/// log10(1 + count): 0 stays 0, and 1 is seen.
double scaled(double count, Scale scale) {
  return scale == Scale::logarithmic ? std::log10(1 + count) : count;
}

/// Lines at 1, 10, 100, ...
void draw_logarithmic_axis(Svg& svg, const Axis& y, const Axis& x, std::string_view label) {
  constexpr double kGap = 8;
  constexpr double kTextDown = 4.5;
  for (double count = 1; scaled(count, Scale::logarithmic) <= y.high; count *= 10) {
    const double at = y.at(scaled(count, Scale::logarithmic));
    svg.line(x.from, at, x.to, at, "grid");
    svg.text(x.from - kGap, at + kTextDown, tick_text(count), Anchor::end, "quiet");
  }
  svg.label_upwards(kLine - 4, (y.from + y.to) / 2, label, y.from - y.to, Anchor::middle);
}

}  // namespace

std::string histogram(const Histogram& chart) {
  require_lengths(chart.counts);
  if (!std::isfinite(chart.begin) || !std::isfinite(chart.width) || chart.width <= 0) {
    throw std::invalid_argument("a histogram needs a finite beginning and bins with a width");
  }
  double largest = 0;
  for (const auto& count : chart.counts) largest = std::max(largest, count.value);
  if (largest <= 0) return no_data(chart.text);

  const auto n_bins = static_cast<double>(chart.counts.size());
  const Axis x{chart.begin, chart.begin + n_bins * chart.width, kLeft, kChartWidth - kRight};
  const Axis y{0, scaled(largest, chart.scale), kHeight - kBottom, kTop};
  Svg svg(kHeight, chart.text);
  if (chart.scale == Scale::logarithmic) {
    draw_logarithmic_axis(svg, y, x, chart.y_label);
  } else {
    draw_y_axis(svg, y, x, chart.y_label);
  }
  for (std::size_t i = 0; i < chart.counts.size(); ++i) {
    const auto& count = chart.counts[i];
    if (count.value <= 0) continue;
    const double low = chart.begin + static_cast<double>(i) * chart.width;
    const double top = y.at(scaled(count.value, chart.scale));
    svg.rect(x.at(low), top, x.at(low + chart.width) - x.at(low), y.from - top,
             {"c0 bin", fmt::format("{:.6g} to {:.6g}: {}", low, low + chart.width, shown(count)),
              count});
  }
  draw_x_axis(svg, x, y, chart.x_label);
  return svg.finish();
}

}  // namespace vio::report
