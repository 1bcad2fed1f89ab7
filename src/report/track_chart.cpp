#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "report/axis.hpp"
#include "report/svg.hpp"

namespace vio::report {

namespace {

constexpr double kTrackHeight = 34;
constexpr double kStep = 44;
constexpr double kGap = 8;
constexpr double kLongestLabel = 150;
constexpr double kTextDown = 4.5;

void check(const TrackChart& chart) {
  for (const auto& track : chart.tracks) {
    if (track.length < 0 || track.bin_width < 1) {
      throw std::invalid_argument("a track needs a length and bins with a width");
    }
    for (const auto& value : track.values) {
      if (value && (!std::isfinite(*value) || *value < 0)) {
        throw std::invalid_argument("a track needs values that are finite and not negative");
      }
    }
  }
}

double scale_end(const TrackChart& chart) {
  if (chart.maximum) return *chart.maximum;
  double largest = 0;
  for (const auto& track : chart.tracks) {
    for (const auto& value : track.values) largest = std::max(largest, value.value_or(0));
  }
  return largest > 0 ? largest : 1;
}

double label_width(const TrackChart& chart) {
  return std::min(kLongestLabel, widest(chart.tracks, &Track::contig));
}

void draw_track(Svg& svg, const Track& track, const Axis& x, const Axis& y) {
  svg.begin_group(fmt::format(" data-contig=\"{}\" data-bin-width=\"{}\"", escaped(track.contig),
                              track.bin_width));
  for (std::size_t i = 0; i < track.values.size(); ++i) {
    if (!track.values[i]) continue;
    const double begin = static_cast<double>(i) * static_cast<double>(track.bin_width);
    const double end = begin + static_cast<double>(track.bin_width);
    const double left = x.at(std::min(begin, x.high));
    const double right = x.at(std::min(end, x.high));
    constexpr double kThinnest = 0.6;
    const double top = y.at(std::min(*track.values[i], y.high));
    svg.rect(left, top, std::max(right - left, kThinnest), y.from - top,
             {"c0", {}, Number{*track.values[i]}});
  }
  svg.end_group();
  svg.line(x.from, y.from, x.at(static_cast<double>(track.length)), y.from, "axis");
}

}  // namespace

std::string track_chart(const TrackChart& chart) {
  check(chart);
  std::int64_t longest = 0;
  for (const auto& track : chart.tracks) longest = std::max(longest, track.length);
  if (longest == 0) return no_data(chart.text);
  constexpr double kRight = 56;  // the scale of values
  constexpr double kBottom = 44;
  const double labels = label_width(chart);
  const double high = scale_end(chart);
  const Axis x{0, static_cast<double>(longest), labels + kGap, kChartWidth - kRight};
  const double bottom = static_cast<double>(chart.tracks.size()) * kStep + kGap;
  Svg svg(bottom + kBottom, chart.text);
  for (std::size_t i = 0; i < chart.tracks.size(); ++i) {
    const double top = static_cast<double>(i) * kStep + kGap;
    const Axis y{0, high, top + kTrackHeight, top};
    svg.label(labels, top + kTrackHeight / 2 + kTextDown, chart.tracks[i].contig, labels,
              Anchor::end);
    svg.line(x.from, top, x.to, top, "grid");
    svg.text(x.to + kGap, top + 2 * kTextDown, tick_text(high), Anchor::start, "quiet");
    svg.text(x.to + kGap, y.from, "0", Anchor::start, "quiet");
    draw_track(svg, chart.tracks[i], x, y);
  }
  draw_x_axis(svg, x, {0, 1, bottom, 0}, "position on the contig");
  return svg.finish();
}

}  // namespace vio::report
