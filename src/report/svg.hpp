#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "vio/report/charts.hpp"

namespace vio::report {

/// Width of every chart, in its own units; the page scales it.
inline constexpr double kChartWidth = 560;
/// Height of a line of text.
inline constexpr double kLine = 18;

enum class Anchor : std::uint8_t { start, middle, end };

/// What a mark of a chart looks like and stands for.
struct Mark {
  std::string style;                ///< class names of the page's style
  std::string tooltip{};            ///< shown where the pointer rests
  std::optional<Number> number{};   ///< machine-readable
  std::optional<double> opacity{};  ///< of the fill
};

/// Writes one <svg> element. Throws std::invalid_argument for coordinates that are not finite.
class Svg {
 public:
  Svg(double height, const ChartText& text);

  void rect(double x, double y, double width, double height, const Mark& mark);
  void circle(double x, double y, double radius, const Mark& mark);
  void line(double x1, double y1, double x2, double y2, std::string_view style);
  /// A polyline through points in the chart's own coordinates.
  void path(const std::vector<Point>& points, const Mark& mark);
  void text(double x, double y, std::string_view text, Anchor anchor = Anchor::start,
            std::string_view style = {});
  /// Text that must fit `width`: shortened with an ellipsis, whole in its tooltip.
  void label(double x, double y, std::string_view text, double width, Anchor anchor);
  /// The same, read from below.
  void label_upwards(double x, double y, std::string_view text, double width, Anchor anchor);
  void begin_group(std::string_view attributes);
  void end_group();

  [[nodiscard]] std::string finish();

 private:
  std::string out_;
};

/// A chart that says that there is nothing to draw.
[[nodiscard]] std::string no_data(const ChartText& text);

/// Class of series number `index`.
[[nodiscard]] std::string series_style(std::size_t index);

/// Width that UTF-8 text takes at most in a chart, in any of the fonts that the page asks for.
[[nodiscard]] double text_width(std::string_view text);

/// The largest text_width of what `text` makes of the items.
template <typename Items, typename Text = std::identity>
[[nodiscard]] double widest(const Items& items, Text text = {}) {
  double width = 0;
  for (const auto& item : items) width = std::max(width, text_width(std::invoke(text, item)));
  return width;
}

}  // namespace vio::report
