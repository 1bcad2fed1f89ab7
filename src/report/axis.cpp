#include "report/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace vio::report {

namespace {

constexpr double kBox = 12;        // of a legend
constexpr double kGap = 8;         // between things that belong apart
constexpr double kTextDown = 4.5;  // from a line's middle to its letters' foot

double entry_width(std::string_view name) {
  return kBox + kGap + text_width(name) + 2 * kGap;
}

/// Calls `place(index, x, line)` for every entry of a legend; returns the number of lines.
template <typename Place>
int lay_out(std::span<const std::string> names, const Place& place) {
  double x = 0;
  int line = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto width = std::min(entry_width(names[i]), kChartWidth);
    if (x > 0 && x + width > kChartWidth) {
      x = 0;
      ++line;
    }
    place(i, x, line);
    x += width;
  }
  return names.empty() ? 0 : line + 1;
}

}  // namespace

Interval widened(Interval interval) noexcept {
  if (interval.high > interval.low) return interval;
  const double half = interval.low == 0 ? 0.5 : std::abs(interval.low) / 2;
  return {interval.low - half, interval.low + half};
}

std::vector<double> ticks(double low, double high, int wanted) {
  const double raw = (high - low) / wanted;
  const double magnitude = std::pow(10.0, std::floor(std::log10(raw)));
  const std::array<double, 4> factors{1, 2, 5, 10};
  double step = magnitude * factors.back();
  for (const double factor : factors) {
    if (magnitude * factor >= raw) {
      step = magnitude * factor;
      break;
    }
  }
  std::vector<double> values;
  const double slack = step * 1e-9;
  const auto first = static_cast<std::int64_t>(std::ceil((low - slack) / step));
  const auto last = static_cast<std::int64_t>(std::floor((high + slack) / step));
  for (auto i = first; i <= last; ++i) values.push_back(static_cast<double>(i) * step);
  return values;
}

std::string tick_text(double value) {
  struct Unit {
    double size;
    std::string_view name;
  };
  constexpr std::array<Unit, 3> kUnits{{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
  for (const auto& unit : kUnits) {
    if (std::abs(value) >= unit.size) return fmt::format("{:.4g}{}", value / unit.size, unit.name);
  }
  constexpr double kNothing = 1e-12;
  return std::abs(value) < kNothing ? "0" : fmt::format("{:.4g}", value);
}

void draw_y_axis(Svg& svg, const Axis& y, const Axis& x, std::string_view label) {
  constexpr int kTicks = 5;
  for (const double tick : ticks(y.low, y.high, kTicks)) {
    svg.line(x.from, y.at(tick), x.to, y.at(tick), "grid");
    svg.text(x.from - kGap, y.at(tick) + kTextDown, tick_text(tick), Anchor::end, "quiet");
  }
  svg.label_upwards(kBox, (y.from + y.to) / 2, label, y.from - y.to, Anchor::middle);
}

void draw_x_axis(Svg& svg, const Axis& x, const Axis& y, std::string_view label) {
  constexpr int kTicks = 6;
  svg.line(x.from, y.from, x.to, y.from, "axis");
  for (const double tick : ticks(x.low, x.high, kTicks)) {
    svg.line(x.at(tick), y.from, x.at(tick), y.from + kGap / 2, "axis");
    svg.text(x.at(tick), y.from + kLine, tick_text(tick), Anchor::middle, "quiet");
  }
  svg.text((x.from + x.to) / 2, y.from + 2 * kLine, label, Anchor::middle);
}

double draw_legend(Svg& svg, std::span<const std::string> names, double y) {
  const int lines = lay_out(names, [&](std::size_t index, double x, int line) {
    const double top = y + line * kLine;
    svg.rect(x, top, kBox, kBox, {.style = series_style(index)});
    svg.label(x + kBox + kGap, top + kBox - 1, names[index], kChartWidth - x - kBox - kGap,
              Anchor::start);
  });
  return lines * kLine;
}

double legend_height(std::span<const std::string> names) {
  return lay_out(names, [](std::size_t /*index*/, double /*x*/, int /*line*/) {}) * kLine;
}

void require_lengths(std::span<const Number> numbers) {
  for (const auto& number : numbers) {
    if (!std::isfinite(number.value) || number.value < 0) {
      throw std::invalid_argument("a chart needs numbers that are finite and not negative");
    }
  }
}

}  // namespace vio::report
