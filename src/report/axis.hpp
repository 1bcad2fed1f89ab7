#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/svg.hpp"

namespace vio::report {

/// Maps values [low, high] to coordinates [from, to] of a chart, which may run backwards.
struct Axis {
  double low = 0;
  double high = 1;
  double from = 0;
  double to = 1;

  [[nodiscard]] double at(double value) const noexcept {
    return from + (value - low) / (high - low) * (to - from);
  }
};

/// An interval that has a length: one without is widened around its value.
[[nodiscard]] Interval widened(Interval interval) noexcept;

/// Round numbers within [low, high], about `wanted` of them.
[[nodiscard]] std::vector<double> ticks(double low, double high, int wanted);

/// A tick's number as short as it can be: `0.2`, `20k`, `1.5M`.
[[nodiscard]] std::string tick_text(double value);

/// Lines across the plot at the ticks, with their numbers at the left or below.
void draw_y_axis(Svg& svg, const Axis& y, const Axis& x, std::string_view label);
void draw_x_axis(Svg& svg, const Axis& x, const Axis& y, std::string_view label);

/// Boxes and names of several series, in as many lines as they need. Returns the height used.
double draw_legend(Svg& svg, std::span<const std::string> names, double y);
[[nodiscard]] double legend_height(std::span<const std::string> names);

/// Throws std::invalid_argument unless every value is finite, and not negative.
void require_lengths(std::span<const Number> numbers);

}  // namespace vio::report
