#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "report/axis.hpp"
#include "report/svg.hpp"

namespace vio::report {

namespace {

constexpr double kGap = 8;
constexpr double kLongestLabel = 150;
constexpr double kTallestCell = 34;
constexpr double kNarrowestText = 26;  // a cell that can hold its number
constexpr double kTextDown = 4.5;

double width_of(const std::vector<std::string>& labels) {
  return std::min(kLongestLabel, widest(labels));
}

double largest_of(const HeatMap& chart, std::size_t row) {
  const auto n = chart.columns.size();
  const auto begin = chart.values.begin() + static_cast<std::ptrdiff_t>(chart.by_row ? row * n : 0);
  const auto end = chart.by_row ? begin + static_cast<std::ptrdiff_t>(n) : chart.values.end();
  const auto largest =
      std::max_element(begin, end, [](const auto& a, const auto& b) { return a.value < b.value; });
  return largest->value > 0 ? largest->value : 1;
}

struct Cells {
  double left;
  double top;
  double width;
  double height;
};

void draw_row(Svg& svg, const HeatMap& chart, std::size_t row, const Cells& cells) {
  const double top = cells.top + static_cast<double>(row) * cells.height;
  const double largest = largest_of(chart, row);
  constexpr double kDark = 0.55;  // from here on letters are light
  for (std::size_t i = 0; i < chart.columns.size(); ++i) {
    const auto& number = chart.values[row * chart.columns.size() + i];
    const double shade = number.value / largest;
    const double left = cells.left + static_cast<double>(i) * cells.width;
    svg.rect(
        left, top, cells.width, cells.height,
        {"c0 cell", fmt::format("{}, {}: {}", chart.rows[row], chart.columns[i], shown(number)),
         number, shade});
    const auto text = shown(number);
    const bool fits = text_width(text) <= cells.width && cells.width >= kNarrowestText;
    if (fits && number.value > 0) {
      svg.text(left + cells.width / 2, top + cells.height / 2 + kTextDown, text, Anchor::middle,
               shade > kDark ? "on-dark" : "");
    }
  }
}

}  // namespace

std::string heat_map(const HeatMap& chart) {
  require_lengths(chart.values);
  if (chart.values.size() != chart.rows.size() * chart.columns.size()) {
    throw std::invalid_argument("a heat map needs one number for every row and column");
  }
  if (chart.values.empty()) return no_data(chart.text);
  Cells cells{};
  cells.left = kLine + width_of(chart.rows) + kGap;
  cells.top = kLine + kGap;
  cells.width = (kChartWidth - cells.left) / static_cast<double>(chart.columns.size());
  cells.height = std::min(cells.width, kTallestCell);
  const double bottom = cells.top + cells.height * static_cast<double>(chart.rows.size());
  const double names = width_of(chart.columns);
  Svg svg(bottom + kGap + names, chart.text);
  svg.text((cells.left + kChartWidth) / 2, kLine - kGap / 2, chart.column_label, Anchor::middle);
  svg.label_upwards(kLine - kGap / 2, (cells.top + bottom) / 2, chart.row_label, bottom,
                    Anchor::middle);
  for (std::size_t row = 0; row < chart.rows.size(); ++row) {
    svg.label(cells.left - kGap,
              cells.top + (static_cast<double>(row) + 0.5) * cells.height + kTextDown,
              chart.rows[row], kLongestLabel, Anchor::end);
    draw_row(svg, chart, row, cells);
  }
  for (std::size_t i = 0; i < chart.columns.size(); ++i) {
    const double x = cells.left + (static_cast<double>(i) + 0.5) * cells.width + kTextDown;
    svg.label_upwards(x, bottom + kGap, chart.columns[i], names, Anchor::end);
  }
  return svg.finish();
}

}  // namespace vio::report
