#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "report/axis.hpp"
#include "report/svg.hpp"

namespace vio::report {

namespace {

constexpr double kBarHeight = 18;
constexpr double kStep = 26;  // from bar to bar
constexpr double kGap = 8;
constexpr double kLongestLabel = 200;
constexpr double kTextDown = 13.5;  // from a bar's top to its letters' foot

void check(const BarChart& chart) {
  for (const auto& bar : chart.bars) {
    require_lengths({&bar.number, 1});
    if (!bar.interval) continue;
    const auto [low, high] = *bar.interval;
    if (!std::isfinite(low) || !std::isfinite(high) || low > high || low < 0) {
      throw std::invalid_argument("a bar's interval must be finite, not negative and in order");
    }
  }
}

double scale_end(const BarChart& chart) {
  if (chart.maximum) return *chart.maximum;
  double largest = 0;
  for (const auto& bar : chart.bars) {
    largest = std::max({largest, bar.number.value, bar.interval ? bar.interval->high : 0.0});
  }
  return largest > 0 ? largest : 1;
}

std::string value_text(const Bar& bar) {
  if (!bar.interval) return shown(bar.number);
  const auto decimals = bar.number.decimals;
  return fmt::format("{} [{}, {}]", shown(bar.number), shown({bar.interval->low, {}, decimals}),
                     shown({bar.interval->high, {}, decimals}));
}

void draw_whisker(Svg& svg, const Axis& x, double top, const Interval& interval) {
  const double middle = top + kBarHeight / 2;
  constexpr double kHalfTick = 5;
  svg.line(x.at(interval.low), middle, x.at(interval.high), middle, "whisker");
  for (const double end : {interval.low, interval.high}) {
    svg.line(x.at(end), middle - kHalfTick, x.at(end), middle + kHalfTick, "whisker");
  }
}

}  // namespace

std::string bar_chart(const BarChart& chart) {
  check(chart);
  if (chart.bars.empty()) return no_data(chart.text);
  const auto labels = std::min(kLongestLabel, widest(chart.bars, &Bar::label));
  const auto values = widest(chart.bars, value_text);
  const Axis x{0, scale_end(chart), labels + kGap, kChartWidth - values - 2 * kGap};
  const double height = static_cast<double>(chart.bars.size()) * kStep;
  Svg svg(height, chart.text);
  double top = (kStep - kBarHeight) / 2;
  for (const auto& bar : chart.bars) {
    svg.label(labels, top + kTextDown, bar.label, labels, Anchor::end);
    const double right = x.at(std::min(bar.number.value, x.high));
    svg.rect(x.from, top, right - x.from, kBarHeight,
             {"c0", fmt::format("{}: {}", bar.label, value_text(bar)), bar.number});
    double text_at = right;
    if (bar.interval) {
      draw_whisker(svg, x, top, *bar.interval);
      text_at = std::max(text_at, x.at(bar.interval->high));
    }
    svg.text(text_at + kGap, top + kTextDown, value_text(bar));
    top += kStep;
  }
  svg.line(x.from, 0, x.from, height, "axis");
  return svg.finish();
}

}  // namespace vio::report
