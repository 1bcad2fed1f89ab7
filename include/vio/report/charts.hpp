#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vio/report/number.hpp"

// Charts as inline SVG for a report::Page, whose style they use. Each function is pure and returns
// one <svg> element that is well-formed XML. Without data it says so instead of drawing. Throws
// std::invalid_argument for numbers that are not finite, for negative lengths of bars, and where
// sizes contradict each other.

namespace vio::report {

/// What a chart is called and what it says, for readers who can't see it.
struct ChartText {
  std::string title;
  std::string description{};
};

struct Interval {
  double low = 0;
  double high = 0;
};

struct Bar {
  std::string label;
  Number number;
  std::optional<Interval> interval{};  ///< drawn as a whisker
};

/// Horizontal bars from 0, one below the other, each with its number.
struct BarChart {
  ChartText text;
  std::vector<Bar> bars;
  std::optional<double> maximum{};  ///< end of the scale; without it the largest value
};
[[nodiscard]] std::string bar_chart(const BarChart& chart);

enum class BarLayout : std::uint8_t { grouped, stacked };

/// One group of horizontal bars a label, one bar a series: below each other, or end to end.
struct SeriesBars {
  ChartText text;
  std::vector<std::string> series;
  std::vector<std::string> labels;
  std::vector<std::vector<Number>> values;  ///< [n_labels][n_series]
  BarLayout layout = BarLayout::grouped;
};
[[nodiscard]] std::string series_bars(const SeriesBars& chart);

enum class Scale : std::uint8_t { linear, logarithmic };

/// Counts in bins of one width: bin i is [begin + i * width, begin + (i + 1) * width).
struct Histogram {
  ChartText text;
  double begin = 0;
  double width = 1;
  std::vector<Number> counts;
  std::string x_label;
  std::string y_label;
  Scale scale = Scale::linear;  ///< of counts; logarithmic still shows 0 and 1
};
[[nodiscard]] std::string histogram(const Histogram& chart);

struct Point {
  double x = 0;
  double y = 0;
};

struct LineSeries {
  std::string name;
  std::vector<Point> points;  ///< joined in this order; one alone is a dot
};

struct LineChart {
  ChartText text;
  std::vector<LineSeries> series;
  std::string x_label;
  std::string y_label;
  std::optional<Interval> x_range{};  ///< without it what the points span
  std::optional<Interval> y_range{};
  bool diagonal = false;  ///< a dashed line y = x, as reliability diagrams have it
};
[[nodiscard]] std::string line_chart(const LineChart& chart);

/// A matrix of counts or fractions, such as a confusion matrix: the larger, the darker. Shades are
/// relative to the largest value of a row where `by_row` is set, else to that of all.
struct HeatMap {
  ChartText text;
  std::vector<std::string> rows;
  std::vector<std::string> columns;
  std::vector<Number> values;  ///< [n_rows * n_columns], row-major, none negative
  std::string row_label;
  std::string column_label;
  bool by_row = false;
};
[[nodiscard]] std::string heat_map(const HeatMap& chart);

/// Values along one contig, in bins of `bin_width` positions from 0 on; nothing where a bin holds
/// no data.
struct Track {
  std::string contig;
  std::int64_t length = 0;     ///< positions that the track stands for
  std::int64_t bin_width = 1;  ///< positions
  std::vector<std::optional<double>> values;
};

/// Tracks below each other, to one scale of positions and one of values.
struct TrackChart {
  ChartText text;
  std::vector<Track> tracks;
  std::optional<double> maximum{};  ///< of values; without it the largest
};
[[nodiscard]] std::string track_chart(const TrackChart& chart);

}  // namespace vio::report
